"""居民端：社区电话."""

from django.apps import AppConfig


class PhonesConfig(AppConfig):
    name = "gezhi.faces.resident.phones"
    label = "resident_phones"
    verbose_name = "居民端：社区电话"

    def ready(self) -> None:
        """Put this room at the foot of the pages."""
        from gezhi.faces.resident.phones.room import LINK
        from gezhi.faces.shell import foot

        foot.register(LINK)
