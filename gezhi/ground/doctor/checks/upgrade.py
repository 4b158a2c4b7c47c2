"""Whether an upgrade was left in the middle."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from gezhi.ground.doctor.rules import Finding, bad, well
from gezhi.ground.upgrades import installation, state
from gezhi.ground.upgrades.state import Stage


def look() -> Iterator[Finding]:
    """What the state of the newest upgrade says."""
    there = installation.found()
    if there is None:
        yield well("upgrade.source", _("程序不是从安装包装的，没有换版的记录"))
        return
    try:
        now = state.read(there.state_file)
    except state.Unreadable as error:
        yield bad(
            "upgrade.unreadable",
            _("换版的记录读不懂：%(file)s") % {"file": error},
            _("不知道上次换版做完没有，程序和数据可能不是一版。"),
            _("看“表和触发器”一项：好的，就把这个文件挪走；不好，从备份恢复。"),
            f"mv {error} {error}.old",
        )
        return
    if now is not None and not now.is_ended:
        yield bad(
            "upgrade.unfinished",
            _("换版做到一半：%(old)s → %(new)s") % {"old": now.old, "new": now.new},
            _("程序和数据可能不是一版。"),
            _("停下服务，运行下面这一行：能做完的做完，不能的退回。启动服务时也会自己做。"),
            "gezhi upgrade --resume",
        )
    elif now is not None and now.stage is Stage.RETURNED:
        yield well(
            "upgrade.returned",
            _("现在是 %(old)s；上次换 %(new)s 退回了：%(why)s")
            % {"old": there.current(), "new": now.new, "why": now.why},
        )
    else:
        yield well("upgrade.whole", _("现在是 %(version)s") % {"version": there.current()})
