"""工作台：保密事项."""

from django.apps import AppConfig


class ConfidentialConfig(AppConfig):
    name = "gezhi.faces.desk.confidential"
    label = "desk_confidential"
    verbose_name = "工作台：保密事项"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.confidential.room import ROOM

        registry.register(ROOM)
