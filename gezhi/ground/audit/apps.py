"""留痕."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "gezhi.ground.audit"
    label = "audit"
    verbose_name = "留痕"
