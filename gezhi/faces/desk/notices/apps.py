"""工作台：通知."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "gezhi.faces.desk.notices"
    label = "desk_notices"
    verbose_name = "工作台：通知"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.notices.room import ROOM

        registry.register(ROOM)
