"""The worker's own duty, below /pocket/rota/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.pocket.rota import rota, swapping

urlpatterns: list[URLPattern | URLResolver] = [
    path("", rota.rota, name="rota"),
    path("shifts/<row:own_shift_id>/swap/", swapping.ask, name="rota_swap"),
    path("swaps/<row:swap_id>/<slug:deed>/", rota.swap, name="rota_swap_deed"),
    path("calls/<row:page_id>/<slug:deed>/", rota.call, name="rota_call"),
]
