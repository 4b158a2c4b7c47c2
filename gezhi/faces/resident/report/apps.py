"""居民端：我要反映."""

from django.apps import AppConfig


class ReportConfig(AppConfig):
    name = "gezhi.faces.resident.report"
    label = "resident_report"
    verbose_name = "居民端：我要反映"
