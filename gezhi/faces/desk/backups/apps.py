"""工作台：备份."""

from django.apps import AppConfig


class BackupsConfig(AppConfig):
    name = "gezhi.faces.desk.backups"
    label = "desk_backups"
    verbose_name = "工作台：备份"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.backups.room import ROOM

        registry.register(ROOM)
