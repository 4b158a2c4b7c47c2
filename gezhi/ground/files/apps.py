"""附件."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "gezhi.ground.files"
    label = "files"
    verbose_name = "附件"
