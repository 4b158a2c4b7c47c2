"""居民端：我的网格员."""

from django.apps import AppConfig


class CrewConfig(AppConfig):
    name = "gezhi.faces.resident.crew"
    label = "resident_crew"
    verbose_name = "居民端：我的网格员"

    def ready(self) -> None:
        """Put this room at the foot of the pages."""
        from gezhi.faces.resident.crew.room import LINK
        from gezhi.faces.shell import foot

        foot.register(LINK)
