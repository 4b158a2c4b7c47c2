"""地."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "gezhi.records.places"
    label = "places"
    verbose_name = "地"

    def ready(self) -> None:
        """Say in words what the trail holds of this module."""
        from gezhi.ground.audit import wording
        from gezhi.records.places.trail_words import WORDING

        wording.register("places", WORDING)
