"""Whether what is to be done later gets done: who does it, and how long the oldest has waited."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from gezhi.ground.doctor.rules import Finding, bad, watch, well
from gezhi.ground.jobs import queries
from gezhi.ground.jobs.queries import PulseRow
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer

LATE, MUCH_TOO_LATE = timedelta(minutes=2), timedelta(minutes=15)
_RESTART = "systemctl restart gezhi"


def look() -> Iterator[Finding]:
    """Worker and beat alive, the oldest waiting task, and what gave up or is stuck."""
    viewer = Viewer.system("doctor")
    found = [*_programs(queries.pulses(viewer)), *_waiting(viewer), *_undone(viewer)]
    yield from found or [well("queue.moves", _("后台程序都在，没有积压，没有没做成的"))]


def _programs(pulses: list[PulseRow]) -> Iterator[Finding]:
    alive = {row.kind for row in pulses if not row.late}
    if "worker" not in alive:
        yield bad(
            "queue.worker",
            _("办事程序（worker）没有动静"),
            _("通知发不出去，导入和建议停着；做到一半的会从头再做，不会丢。"),
            _("重启服务；不是用 gezhi serve 启动的，单独运行 gezhi worker。"),
            _RESTART,
        )
    if "beat" not in alive:
        yield bad(
            "queue.beat",
            _("定时程序（beat）没有动静"),
            _("时限到了没有人提醒，留痕不再封存，夜里的整理不做。"),
            _("重启服务；用了 --no-beat 的，看应当运行它的那台机器。"),
            _RESTART,
        )


def _waiting(viewer: Viewer) -> Iterator[Finding]:
    state = queries.queue_state(viewer)
    waited = clock.now() - state.oldest_due if state.oldest_due else timedelta(0)
    if waited <= LATE:
        return
    make = bad if waited > MUCH_TOO_LATE else watch
    yield make(
        "queue.late",
        _("最早一个任务等了 %(minutes)d 分钟，一共 %(count)d 个在等")
        % {"minutes": waited // timedelta(minutes=1), "count": state.due},
        _("提醒、通知都晚这么久。"),
        _("后台程序没有动静就重启服务；都在就是事多，多开一个办事程序。"),
        "gezhi serve --job-workers 2",
    )


def _undone(viewer: Viewer) -> Iterator[Finding]:
    count = queries.undone_count(viewer)
    if count:
        yield watch(
            "queue.undone",
            _("后台有 %(count)d 件事没有做成") % {"count": count},
            _("其余的照做；这几件要有人看。"),
            _("在“没做成的任务”页看是哪几件、为什么，改好了点重试。"),
        )
