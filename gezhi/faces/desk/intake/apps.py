"""工作台：来电登记."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "gezhi.faces.desk.intake"
    label = "desk_intake"
    verbose_name = "工作台：来电登记"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.intake.room import ROOM

        registry.register(ROOM)
