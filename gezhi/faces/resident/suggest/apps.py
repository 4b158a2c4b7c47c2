"""居民端：投诉与建议."""

from django.apps import AppConfig


class SuggestConfig(AppConfig):
    name = "gezhi.faces.resident.suggest"
    label = "resident_suggest"
    verbose_name = "居民端：投诉与建议"

    def ready(self) -> None:
        """Put this room at the foot of the pages."""
        from gezhi.faces.resident.suggest.room import LINK
        from gezhi.faces.shell import foot

        foot.register(LINK)
