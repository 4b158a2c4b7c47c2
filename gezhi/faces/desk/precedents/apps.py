"""工作台：派单先例."""

from django.apps import AppConfig


class PrecedentsConfig(AppConfig):
    name = "gezhi.faces.desk.precedents"
    label = "desk_precedents"
    verbose_name = "工作台：派单先例"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.precedents.room import ROOM

        registry.register(ROOM)
