"""命令行."""

from django.apps import AppConfig


class TerminalConfig(AppConfig):
    name = "gezhi.faces.terminal"
    label = "terminal"
    verbose_name = "命令行"
