"""单位."""

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "gezhi.records.units"
    label = "units"
    verbose_name = "单位"

    def ready(self) -> None:
        """Say in words what the trail holds of this module."""
        from gezhi.ground.audit import wording
        from gezhi.records.units.trail_words import WORDING

        wording.register("units", WORDING)
