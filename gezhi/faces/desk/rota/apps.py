"""工作台：值班."""

from django.apps import AppConfig


class RotaConfig(AppConfig):
    name = "gezhi.faces.desk.rota"
    label = "desk_rota"
    verbose_name = "工作台：值班"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.rota.room import ROOM

        registry.register(ROOM)
