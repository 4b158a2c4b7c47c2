"""Who is on duty, below /desk/rota/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.rota import (
    arranging,
    calling,
    changing,
    export,
    paper,
    phones,
    rota,
    swapping,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", rota.rota, name="rota"),
    path("print/", paper.paper, name="rota_sheet"),
    path("export/", export.export, name="rota_export"),
    path("new/", arranging.new, name="rota_new"),
    path("change/", changing.change, name="rota_change"),
    path("<row:rota_id>/", arranging.one, name="rota_one"),
    path("<row:rota_id>/end/", arranging.end, name="rota_end"),
    path("changes/<row:change_id>/take-back/", changing.take_back, name="rota_take_back"),
    path("shifts/<row:shift_id>/swap/", swapping.ask, name="rota_swap"),
    path("swaps/<row:swap_id>/<slug:deed>/", swapping.answer, name="rota_swap_deed"),
    path("phones/<row:user_id>/", phones.phone, name="rota_phone"),
    path("calls/<row:page_id>/<slug:deed>/", calling.call, name="rota_call"),
]
