"""换版."""

from django.apps import AppConfig


class UpgradesConfig(AppConfig):
    name = "gezhi.ground.upgrades"
    label = "upgrades"
    verbose_name = "换版"

    def ready(self) -> None:
        """Say in words what the trail holds of this module."""
        from gezhi.ground.audit import wording
        from gezhi.ground.upgrades.trail_words import WORDING

        wording.register("upgrades", WORDING)
