"""工作台：事件."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "gezhi.faces.desk.cases"
    label = "desk_cases"
    verbose_name = "工作台：事件"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.cases.room import ROOM

        registry.register(ROOM)
