"""工作台：查找."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "gezhi.faces.desk.search"
    label = "desk_search"
    verbose_name = "工作台：查找"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.search.room import ROOM

        registry.register(ROOM)
