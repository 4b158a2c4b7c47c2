"""居民端：隐私说明."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "gezhi.faces.resident.privacy"
    label = "resident_privacy"
    verbose_name = "居民端：隐私说明"

    def ready(self) -> None:
        """Put this room at the foot of the pages."""
        from gezhi.faces.resident.privacy.room import LINK
        from gezhi.faces.shell import foot

        foot.register(LINK)
