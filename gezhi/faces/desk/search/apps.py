"""工作台：查找."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "gezhi.faces.desk.search"
    label = "desk_search"
    verbose_name = "工作台：查找"
