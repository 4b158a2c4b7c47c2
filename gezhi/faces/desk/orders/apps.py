"""工作台：外来工单."""

from django.apps import AppConfig


class DeskOrdersConfig(AppConfig):
    name = "gezhi.faces.desk.orders"
    label = "desk_orders"
    verbose_name = "工作台：外来工单"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.orders.room import ROOM

        registry.register(ROOM)
