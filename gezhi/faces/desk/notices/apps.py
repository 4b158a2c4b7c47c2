"""工作台：通知."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "gezhi.faces.desk.notices"
    label = "desk_notices"
    verbose_name = "工作台：通知"
