"""应急, below /desk/emergency/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.emergency import board, calling, deeds, listing, report, switching

urlpatterns: list[URLPattern | URLResolver] = [
    path("", listing.emergencies, name="emergencies"),
    path("new/", switching.switch_on, name="emergency_on"),
    path("calls/<row:crew_page_id>/<slug:deed>/", calling.call, name="emergency_call"),
    path("<row:emergency_id>/", board.board, name="emergency"),
    path("<row:emergency_id>/roll-call/", deeds.roll_call, name="emergency_roll_call"),
    path("<row:emergency_id>/notice/", deeds.notice, name="emergency_notice"),
    path("<row:emergency_id>/cases/<slug:case_number>/in/", deeds.enlist, name="emergency_enlist"),
    path("<row:emergency_id>/cases/<slug:case_number>/major/", deeds.major, name="emergency_major"),
    path("<row:emergency_id>/off/", switching.switch_off, name="emergency_off"),
    path("<row:emergency_id>/report/", report.report, name="emergency_report"),
]
