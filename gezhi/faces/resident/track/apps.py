"""居民端：查进度."""

from django.apps import AppConfig


class TrackConfig(AppConfig):
    name = "gezhi.faces.resident.track"
    label = "resident_track"
    verbose_name = "居民端：查进度"

    def ready(self) -> None:
        """Put this room at the foot of the pages."""
        from gezhi.faces.resident.track.room import LINK
        from gezhi.faces.shell import foot

        foot.register(LINK)
