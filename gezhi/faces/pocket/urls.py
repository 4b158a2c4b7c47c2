"""Addresses of the grid worker's phone: what each room has of them."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "pocket"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gezhi.faces.pocket.today.urls")),
    path("", include("gezhi.faces.pocket.report.urls")),
    path("rota/", include("gezhi.faces.pocket.rota.urls")),
    path("roll-call/", include("gezhi.faces.pocket.emergency.urls")),
    path("cases/", include("gezhi.faces.pocket.cases.urls")),
]
