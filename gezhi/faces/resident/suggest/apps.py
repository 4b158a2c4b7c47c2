"""居民端：投诉与建议."""

from django.apps import AppConfig


class SuggestConfig(AppConfig):
    name = "gezhi.faces.resident.suggest"
    label = "resident_suggest"
    verbose_name = "居民端：投诉与建议"
