"""掌上网格：上报和自行处置."""

from django.apps import AppConfig


class ReportConfig(AppConfig):
    name = "gezhi.faces.pocket.report"
    label = "pocket_report"
    verbose_name = "掌上网格：上报和自行处置"

    def ready(self) -> None:
        """Add this room to the bar."""
        from gezhi.faces.pocket import registry
        from gezhi.faces.pocket.report.room import ENTRIES

        registry.register(*ENTRIES)
