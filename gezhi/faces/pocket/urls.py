"""Addresses of this face."""

from django.urls import URLPattern, URLResolver

app_name = "pocket"
urlpatterns: list[URLPattern | URLResolver] = []
