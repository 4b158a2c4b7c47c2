"""工作台：外单位和发群的话."""

from django.apps import AppConfig


class GuestsConfig(AppConfig):
    name = "gezhi.faces.desk.guests"
    label = "desk_guests"
    verbose_name = "工作台：外单位"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.guests.room import ROOM

        registry.register(ROOM)
