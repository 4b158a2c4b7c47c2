"""How old the last good backup is."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from gezhi.ground.backups import queries
from gezhi.ground.doctor.rules import Finding, bad, well


def look() -> Iterator[Finding]:
    """What the room that makes them is worried about."""
    worry = queries.worry()
    if worry is not None:
        yield bad(
            "backup.old",
            worry.what,
            _("现在坏了，从那以后的就找不回来。"),
            worry.remedy,
            "gezhi backup",
        )
        return
    age = queries.age()
    hours = int(age.total_seconds() // 3600) if age else 0
    yield well("backup.fresh", _("最近一份好的备份是 %(hours)d 小时前的") % {"hours": hours})
