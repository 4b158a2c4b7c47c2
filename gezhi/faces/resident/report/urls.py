"""我要反映, and what its page asks for while it is filled in."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.resident.report import borders, report

urlpatterns: list[URLPattern | URLResolver] = [
    path("", report.report, name="report"),
    path("where", report.where, name="where"),
    path("borders", borders.borders, name="borders"),
    path("roads", borders.roads, name="roads"),
]
