"""居民端."""

from django.apps import AppConfig


class ResidentConfig(AppConfig):
    name = "gezhi.faces.resident"
    label = "resident"
    verbose_name = "居民端"
