"""交接."""

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "gezhi.work.handover"
    label = "handover"
    verbose_name = "交接"

    def ready(self) -> None:
        """Say in words what the trail holds of this module."""
        from gezhi.ground.audit import wording
        from gezhi.work.handover.trail_words import WORDING

        wording.register("handover", WORDING)
