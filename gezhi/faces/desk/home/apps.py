"""工作台：今天要办的."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "gezhi.faces.desk.home"
    label = "desk_home"
    verbose_name = "工作台：今天要办的"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.home.room import ROOM

        registry.register(ROOM)
