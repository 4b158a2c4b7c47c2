"""工作台：指标."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "gezhi.faces.desk.figures"
    label = "desk_figures"
    verbose_name = "工作台：指标"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.figures.room import ROOM

        registry.register(ROOM)
