"""Addresses of this face."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.openapi.api import api
from gezhi.faces.openapi.document import document

app_name = "openapi"
urlpatterns: list[URLPattern | URLResolver] = [
    path("docs", document, name="docs"),
    *api.urls[0],
]
