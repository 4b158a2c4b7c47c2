"""权责清单."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "gezhi.records.duties"
    label = "duties"
    verbose_name = "权责清单"

    def ready(self) -> None:
        """Say what units have of this room."""
        from gezhi.records.duties.holding import DUTIES
        from gezhi.records.units import holdings

        holdings.register(DUTIES)
