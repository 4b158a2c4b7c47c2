"""应急点名, below /pocket/roll-call/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.pocket.emergency import answering, calling

urlpatterns: list[URLPattern | URLResolver] = [
    path("calls/<row:crew_page_id>/<slug:deed>/", calling.call, name="crew_call"),
    path("<row:emergency_id>/<row:grid_id>/", answering.roll_call, name="roll_call"),
]
