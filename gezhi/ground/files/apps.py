"""附件."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "gezhi.ground.files"
    label = "files"
    verbose_name = "附件"

    def ready(self) -> None:
        """Say in words what the trail holds of this module."""
        from gezhi.ground.audit import wording
        from gezhi.ground.files.trail_words import WORDING

        wording.register("files", WORDING)
