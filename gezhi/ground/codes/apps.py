"""字典与标准包."""

from django.apps import AppConfig


class CodesConfig(AppConfig):
    name = "gezhi.ground.codes"
    label = "codes"
    verbose_name = "字典与标准包"

    def ready(self) -> None:
        """Say in words what the trail holds of this module."""
        from gezhi.ground.audit import wording
        from gezhi.ground.codes.trail_words import WORDING

        wording.register("codes", WORDING)
