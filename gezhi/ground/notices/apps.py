"""通知."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "gezhi.ground.notices"
    label = "notices"
    verbose_name = "通知"

    def ready(self) -> None:
        from gezhi.ground.audit import wording
        from gezhi.ground.notices import receivers, recipients
        from gezhi.ground.notices.trail_words import WORDING

        wording.register("notices", WORDING)
        recipients.register("user", recipients.staff)
        receivers.connect()
