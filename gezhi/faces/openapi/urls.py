"""Addresses of this face."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.openapi.api import api
from gezhi.faces.openapi.document import description, document

app_name = "openapi"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", document, name="api-root"),
    path("openapi.json", description, name="description"),
    # Ours stands in the place of ninja's own root.
    *(pattern for pattern in api.urls[0] if getattr(pattern, "name", "") != "api-root"),
]
