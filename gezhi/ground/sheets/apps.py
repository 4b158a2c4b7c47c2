"""表格."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "gezhi.ground.sheets"
    label = "sheets"
    verbose_name = "表格"

    def ready(self) -> None:
        """Say in words what the trail holds of this module."""
        from gezhi.ground.audit import wording
        from gezhi.ground.sheets.trail_words import WORDING

        wording.register("sheets", WORDING)
