"""工作台：空白表."""

from django.apps import AppConfig


class BlanksConfig(AppConfig):
    name = "gezhi.faces.desk.blanks"
    label = "desk_blanks"
    verbose_name = "工作台：空白表"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.blanks.room import ROOM

        registry.register(ROOM)
