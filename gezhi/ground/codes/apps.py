"""字典与标准包."""

from django.apps import AppConfig


class CodesConfig(AppConfig):
    name = "gezhi.ground.codes"
    label = "codes"
    verbose_name = "字典与标准包"
