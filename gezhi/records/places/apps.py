"""地."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "gezhi.records.places"
    label = "places"
    verbose_name = "地"
