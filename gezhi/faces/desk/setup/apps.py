"""工作台：设置."""

from django.apps import AppConfig


class SetupConfig(AppConfig):
    name = "gezhi.faces.desk.setup"
    label = "desk_setup"
    verbose_name = "工作台：设置"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.setup.room import ROOM

        registry.register(ROOM)
