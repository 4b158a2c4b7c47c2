"""Whether the clock of the machine can be believed: deadlines are reckoned by it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.utils.translation import gettext as _

import gezhi
from gezhi.ground.audit.models import Entry
from gezhi.ground.doctor.rules import Finding, bad, watch, well
from gezhi.ground.jobs.models import Pulse
from gezhi.kernel import clock

# Two machines that are kept in time differ by less.
TOLERATED = timedelta(seconds=30)
LONG_AGO = timedelta(days=30)
_LOCAL_TIME = Path("/etc/localtime")
_SET = "timedatectl set-ntp true; timedatectl"


def look() -> Iterator[Finding]:
    """The clock against the program's own age, and the zone of the machine."""
    now = clock.now()
    made = datetime.fromtimestamp(Path(gezhi.__file__).stat().st_mtime, UTC)
    shown = {"now": _spoken(now), "made": _spoken(made)}
    if now < made - timedelta(days=1):
        yield bad(
            "clock.before_program",
            _("现在是 %(now)s，比这个程序装上的时候（%(made)s）还早") % shown,
            _("时限、值班、动态口令都照这个时钟算，全会错。"),
            _("把时钟拨准。没有网络就手工拨；主板电池没电的，关机就会丢，换一个。"),
            "timedatectl set-time '2026-12-01 09:00:00'",
        )
        return
    zone = _zone_of_machine()
    if zone.utcoffset(now.replace(tzinfo=None)) != timedelta(hours=8):
        yield watch(
            "clock.zone",
            _("这台机器的时区不是北京时间，它的钟现在是 %(there)s")
            % {"there": f"{now.astimezone(zone):%H:%M}"},
            _("网页上的时间不受影响；系统日志、文件、备份的时间会差几小时，容易看错。"),
            _("把时区改成北京时间，再重启服务。"),
            "timedatectl set-timezone Asia/Shanghai",
        )
        return
    yield well("clock.right", _("现在是 %(now)s，北京时间") % shown)


def look_at_the_past() -> Iterator[Finding]:
    """The clock against the newest row of the trail, and the last sign of life."""
    now = clock.now()
    newest = Entry.objects.order_by("-id").values_list("recorded_at", flat=True).first()
    if newest is None:
        yield well("past.empty", _("还没有记录"))
        return
    shown = {"now": _spoken(now), "newest": _spoken(newest)}
    if newest > now + TOLERATED:
        yield bad(
            "past.ahead",
            _("时钟倒退了：现在是 %(now)s，可是 %(newest)s 就已经有记录") % shown,
            _("时限会多给，先后会颠倒，动态口令会不对。"),
            _(
                "把时钟拨准，再重启服务。是以前拨快过、现在才准的，不用改数据："
                "等时间过了那一刻就好。"
            ),
            _SET,
        )
        return
    seen = Pulse.objects.aggregate(last=Max("seen_at"))["last"] or newest
    last = max(newest, seen)
    if now - last > LONG_AGO:
        yield watch(
            "past.long_ago",
            _("最后一次动静是 %(last)s，到现在 %(days)d 天")
            % {"last": _spoken(last), "days": (now - last).days},
            _("不是真停了这么久，就是时钟拨快了：照它算，全部的事都会一下子超时。"),
            _("先看墙上的钟，对过再启动服务。"),
            _SET,
        )
        return
    yield well("past.right", _("时钟在最后一条记录（%(newest)s）之后") % shown)


def _zone_of_machine() -> tzinfo:
    """The zone of the machine; our own programs live in China's whatever it is."""
    try:
        with _LOCAL_TIME.open("rb") as file:
            return ZoneInfo.from_file(file)
    except (OSError, ValueError):
        return UTC


def _spoken(moment: datetime) -> str:
    return f"{clock.local(moment):%Y-%m-%d %H:%M:%S}"
