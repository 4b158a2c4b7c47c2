"""居民端：社区电话."""

from django.apps import AppConfig


class PhonesConfig(AppConfig):
    name = "gezhi.faces.resident.phones"
    label = "resident_phones"
    verbose_name = "居民端：社区电话"
