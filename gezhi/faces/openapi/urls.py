"""Addresses of this face."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.openapi.api import api
from gezhi.faces.openapi.document import description, document

app_name = "openapi"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", document, name="api-root"),
    path("openapi.json", description, name="description"),
    *(pattern for pattern in api.urls[0] if pattern.name != "api-root"),
]
