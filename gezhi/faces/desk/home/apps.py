"""工作台：今天要办的."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "gezhi.faces.desk.home"
    label = "desk_home"
    verbose_name = "工作台：今天要办的"
