"""上报 and 自行处置."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.pocket.report import report

urlpatterns: list[URLPattern | URLResolver] = [
    path("report/", report.report, name="report"),
    path("spot/", report.spot, name="spot"),
    path("here/", report.here, name="here"),
]
