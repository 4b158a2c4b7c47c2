"""工作台：队列."""

from django.apps import AppConfig


class QueuesConfig(AppConfig):
    name = "gezhi.faces.desk.queues"
    label = "desk_queues"
    verbose_name = "工作台：队列"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.queues import export
        from gezhi.faces.desk.queues.room import ROOM
        from gezhi.ground.sheets import outgoing

        registry.register(ROOM)
        outgoing.declare(export.SOURCE, export.read)
