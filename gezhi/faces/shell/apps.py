"""外壳."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "gezhi.faces.shell"
    label = "shell"
    verbose_name = "外壳"
