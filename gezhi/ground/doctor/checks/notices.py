"""Whether messages to residents have a way out."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from gezhi.ground.doctor.rules import Finding, bad, watch, well
from gezhi.ground.notices import providers


def look() -> Iterator[Finding]:
    """The chosen provider: known, none, or one that sends nothing."""
    wanted = settings.GEZHI_NOTICE_PROVIDER
    chosen = providers.chosen()
    if wanted and not chosen:
        yield bad(
            "notices.unknown",
            _("GEZHI_NOTICE_PROVIDER=%(name)s：没有这样的渠道") % {"name": wanted},
            _("发给居民的短信一条也发不出去。"),
            _("把名字改对，重启服务；怎样接短信见 docs/operator/running.md。"),
            "gezhi check",
        )
    elif not chosen:
        yield watch(
            "notices.none",
            _("没有接短信：发给居民的消息不会发出去"),
            _("居民要自己用查询码来查，或由受理员打电话。"),
            _("有短信服务就设 GEZHI_NOTICE_PROVIDER，重启服务。"),
        )
    elif chosen == "console" and settings.PRODUCTION:
        yield watch(
            "notices.console",
            _("消息只打印在服务器的屏幕上，没有发给居民"),
            _("居民收不到，页面上却写着已发。"),
            _("设好 GEZHI_NOTICE_PROVIDER，重启服务。"),
        )
    else:
        yield well("notices.way", _("渠道：%(name)s") % {"name": chosen})
