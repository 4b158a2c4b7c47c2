"""工作台：消息发送."""

from django.apps import AppConfig


class DeliveriesConfig(AppConfig):
    name = "gezhi.faces.desk.deliveries"
    label = "desk_deliveries"
    verbose_name = "工作台：消息发送"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.deliveries.room import ROOM

        registry.register(ROOM)
