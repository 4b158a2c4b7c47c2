"""应急."""

from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    name = "gezhi.work.emergency"
    label = "emergency"
    verbose_name = "应急"

    def ready(self) -> None:
        """Say what the marks of this room mean to a case, listen for ends, name the trail's words."""
        from gezhi.ground.audit import wording
        from gezhi.work.emergency import beside, receivers
        from gezhi.work.emergency.trail_words import WORDING

        wording.register("emergency", WORDING)
        beside.register_marks()
        receivers.connect()
