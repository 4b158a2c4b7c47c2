"""Addresses of this face: what each room has of them."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "resident"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gezhi.faces.resident.report.urls")),
    path("", include("gezhi.faces.resident.track.urls")),
    path("", include("gezhi.faces.resident.receipt.urls")),
    path("", include("gezhi.faces.resident.crew.urls")),
    path("", include("gezhi.faces.resident.suggest.urls")),
    path("", include("gezhi.faces.resident.phones.urls")),
    path("", include("gezhi.faces.resident.privacy.urls")),
    path("g/", include("gezhi.faces.resident.guest.urls")),
]
