"""Which face answers where; includes only."""

from django.urls import include, path

urlpatterns = [
    path("", include("gezhi.faces.resident.urls")),
    path("", include("gezhi.faces.shell.urls")),
    path("", include("gezhi.faces.shell.login.urls")),
    path("desk/", include("gezhi.faces.desk.urls")),
    path("pocket/", include("gezhi.faces.pocket.urls")),
    path("api/v1/", include("gezhi.faces.openapi.urls")),
]
