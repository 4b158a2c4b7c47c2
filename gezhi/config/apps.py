"""配置."""

from django.apps import AppConfig


class SettingsConfig(AppConfig):
    name = "gezhi.config"
    label = "settings"
    verbose_name = "配置"
