"""居民端：回执和进度."""

from django.apps import AppConfig


class ReceiptConfig(AppConfig):
    name = "gezhi.faces.resident.receipt"
    label = "resident_receipt"
    verbose_name = "居民端：回执和进度"
