"""工作台：应急."""

from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    name = "gezhi.faces.desk.emergency"
    label = "desk_emergency"
    verbose_name = "工作台：应急"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.emergency.room import ROOM

        registry.register(ROOM)
