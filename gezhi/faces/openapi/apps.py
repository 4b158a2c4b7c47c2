"""接口."""

from django.apps import AppConfig


class OpenapiConfig(AppConfig):
    name = "gezhi.faces.openapi"
    label = "openapi"
    verbose_name = "接口"
