"""居民端：隐私说明."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "gezhi.faces.resident.privacy"
    label = "resident_privacy"
    verbose_name = "居民端：隐私说明"
