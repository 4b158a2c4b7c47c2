"""Questions about backups."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gezhi.ground.backups import media, rules
from gezhi.ground.backups.models import Backup, Outcome, RestoreDrill
from gezhi.ground.backups.rules import Retention
from gezhi.ground.codes.queries import figure
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer

# So long a row may stand before its program holds the folder.
_BEGINS = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Worry:
    """What is wrong with the backups, and what to do: one sentence each."""

    what: str
    remedy: str


def last_good() -> Backup | None:
    """The newest backup that was read back and compared; None when there never was one.

    One that says it was made in the future, when a clock was wrong, is the last that is believed.
    """
    good = Backup.objects.filter(outcome=Outcome.GOOD)
    return _until_now(good).first() or good.order_by("begun_at").first()


def _until_now(rows: QuerySet[Backup]) -> QuerySet[Backup]:
    return rows.filter(begun_at__lte=clock.now() + rules.SKEW).order_by("-begun_at")


def running() -> Backup | None:
    """The backup that is being made now: just begun, or its folder is held by whoever makes it."""
    rows = Backup.objects.filter(outcome=Outcome.RUNNING).order_by("-begun_at")
    for row in rows[:5]:
        if abs(clock.now() - row.begun_at) < _BEGINS or media.is_locked(Path(row.folder)):
            return row
    return None


def newest(_viewer: Viewer, most: int = 30) -> list[Backup]:
    """The newest backups, good and not."""
    return list(Backup.objects.order_by("-begun_at")[:most])


def newest_drills(_viewer: Viewer, most: int = 10) -> list[RestoreDrill]:
    """The newest restore drills."""
    return list(RestoreDrill.objects.order_by("-begun_at")[:most])


def last_timed() -> Backup | None:
    """The newest backup that was made, or tried, by the timetable."""
    return _until_now(Backup.objects.filter(timed=True)).first()


def retention() -> Retention:
    """How long backups are kept, by the figures in force."""
    return Retention(
        days=int(figure("backup_days")),
        weeks=int(figure("backup_weeks")),
        months=int(figure("backup_months")),
    )


def hour() -> int:
    """At which hour of the day the timed backup is made, 0 for midnight."""
    return int(figure("backup_hour")) % 24


def age(now: datetime | None = None) -> timedelta | None:
    """How old the last good backup is; None when there never was one."""
    good = last_good()
    return None if good is None else (now or clock.now()) - good.begun_at


def worry() -> Worry | None:
    """What the system administrator is told in red; None when the last good backup is of today."""
    good, now = last_good(), clock.now()
    if good is None:
        return Worry(_("还没有一份好的备份。这台机器坏了，什么都没有了。"), _how())
    if rules.is_of_the_future(good.begun_at, now):
        return Worry(
            _("最近一份好的备份写着将来的时间：这台机器的时钟走错过。"),
            _("先把时钟对准，再做一份备份。"),
        )
    if rules.is_too_old(good.begun_at, now):
        days = max(1, (now - good.begun_at).days)
        return Worry(
            _("最近一份好的备份是 %(days)d 天以前的。现在坏了，这以后的都没有了。")
            % {"days": days},
            _how(),
        )
    return None


def _how() -> str:
    if settings.GEZHI_BACKUP is None:
        return _(
            "插上 U 盘，在服务器上运行 gezhi backup 加 U 盘里的文件夹；"
            "要每天自己做，设好环境变量 GEZHI_BACKUP 再重启。"
        )
    return _("看看放备份的盘还插着没有、满了没有，再点“现在备份”。")
