"""Which face answers where; includes only. Django asks here who answers for our own faults."""

from django.urls import include, path

handler500 = "gezhi.faces.shell.errors.server_error"

urlpatterns = [
    path("", include("gezhi.faces.resident.urls")),
    path("", include("gezhi.faces.shell.urls")),
    path("", include("gezhi.faces.shell.login.urls")),
    path("desk/", include("gezhi.faces.desk.urls")),
    path("pocket/", include("gezhi.faces.pocket.urls")),
    path("api/v1/", include("gezhi.faces.openapi.urls")),
]
