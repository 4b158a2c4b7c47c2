"""备份."""

from django.apps import AppConfig


class BackupsConfig(AppConfig):
    name = "gezhi.ground.backups"
    label = "backups"
    verbose_name = "备份"

    def ready(self) -> None:
        """Say in words what the trail holds of this module."""
        from gezhi.ground.audit import wording
        from gezhi.ground.backups.trail_words import WORDING

        wording.register("backups", WORDING)
