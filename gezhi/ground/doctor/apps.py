"""体检."""

from django.apps import AppConfig


class DoctorConfig(AppConfig):
    name = "gezhi.ground.doctor"
    label = "doctor"
    verbose_name = "体检"

    def ready(self) -> None:
        """Say in words what the trail holds of this module."""
        from gezhi.ground.audit import wording
        from gezhi.ground.doctor.trail_words import WORDING

        wording.register("doctor", WORDING)
