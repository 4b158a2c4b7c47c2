"""通知."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "gezhi.ground.notices"
    label = "notices"
    verbose_name = "通知"

    def ready(self) -> None:
        from gezhi.ground.audit import wording
        from gezhi.ground.notices import providers, receivers, recipients
        from gezhi.ground.notices.outgoing.robots import RobotProvider
        from gezhi.ground.notices.outgoing.sms import SmsProvider
        from gezhi.ground.notices.trail_words import WORDING

        wording.register("notices", WORDING)
        recipients.register("user", recipients.staff)
        providers.register("sms", SmsProvider)
        providers.register("wecom", lambda: RobotProvider("wecom"))
        providers.register("dingtalk", lambda: RobotProvider("dingtalk"))
        receivers.connect()
