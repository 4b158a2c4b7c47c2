"""列表."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "gezhi.ground.lists"
    label = "lists"
    verbose_name = "列表"

    def ready(self) -> None:
        """Say in words what the trail holds of this module."""
        from gezhi.ground.audit import wording
        from gezhi.ground.lists.trail_words import WORDING

        wording.register("lists", WORDING)
