"""掌上网格：今日."""

from django.apps import AppConfig


class TodayConfig(AppConfig):
    name = "gezhi.faces.pocket.today"
    label = "pocket_today"
    verbose_name = "掌上网格：今日"

    def ready(self) -> None:
        """Add this room to the bar."""
        from gezhi.faces.pocket import registry
        from gezhi.faces.pocket.today.room import ENTRIES

        registry.register(*ENTRIES)
