"""工作台：热点和建议."""

from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "gezhi.faces.desk.triage"
    label = "desk_triage"
    verbose_name = "工作台：热点和建议"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.triage.room import ROOM

        registry.register(ROOM)
