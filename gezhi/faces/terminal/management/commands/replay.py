"""gezhi replay: real messages on a demo street, each at its own time; goes on where it stopped."""

import time
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.faces.terminal.demo.fresh import empty_database, stands
from gezhi.faces.terminal.demo.inboxes import pass_the_night, settle_tasks
from gezhi.faces.terminal.demo.real.beside import Helper, helper_apart
from gezhi.faces.terminal.demo.real.mapping import Classes, Places
from gezhi.faces.terminal.demo.real.plan import planned
from gezhi.faces.terminal.demo.real.playing import Playing
from gezhi.faces.terminal.demo.real.reading import Message, messages_in
from gezhi.faces.terminal.demo.steps import TellsSteps
from gezhi.faces.terminal.demo.street import SEED, Street, build_street, standing_street
from gezhi.faces.terminal.demo.worktime import WorkTime
from gezhi.ground.accounts.published import DEMO_PASSWORD
from gezhi.ground.audit import keymarks
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, setback
from gezhi.kernel.errors import Refusal

FOLDER = Path("../shared/data/messages")
TOLD_DAYS = 3
# A straggler weeks after all the others does not tell when the messages end.
_ALMOST_ALL = 0.999
# Days of office time the plan may need before the first message and after the last.
_SPARE_DAYS = 30


class Command(TellsSteps):
    """Replays the messages of a folder; refuses where anything else stands."""

    help = "真实留言的演示：timed、replied、labelled 三个 .csv.gz 照自己的时间重放到演示街道"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", type=Path, nargs="?", default=FOLDER, help=f"留言在哪个文件夹，默认 {FOLDER}"
        )
        parser.add_argument("--fresh", action="store_true", help="先清空这里的演示再来")
        parser.add_argument("--most", type=int, default=0, help="只取均匀的这么多条；0 是全部")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(_("正式环境不能放演示留言"))
        for fault in keymarks.faults(settings.GEZHI_KEYS):
            raise CommandError(fault)
        began = time.monotonic()
        try:
            with self.step(_("读留言")):
                messages = _thinned(messages_in(options["folder"], seed=SEED), options["most"])
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
        self._make_room(fresh=options["fresh"])
        end = self._set_clock(messages)
        messages, later = _until(messages, end)
        street = self._street(messages[0].moment)
        with helper_apart() as helper:
            playing = self._playing(messages, street, end, helper)
            self._play(playing, len(messages))
        with clock.moved_to(end):
            with self.step(_("近几天的消息")):
                settle_tasks(since=end - timedelta(days=TOLD_DAYS), now=end)
            with self.step(_("热点和建议的成效")):
                pass_the_night()
        self._tell(messages, playing, time.monotonic() - began, end)
        if later:
            self.stdout.write(
                _("还有 %(count)d 条在这一天之后：到了那天再跑一次就收进来") % {"count": later}
            )

    def _make_room(self, *, fresh: bool) -> None:
        standing, own = stands(), setback.is_replay(settings.GEZHI_HOME)
        if standing == "own" or (standing == "demo" and not own and not fresh):
            raise CommandError(
                _("数据库里已经有自己建的街道，演示不会动它")
                if standing == "own"
                else _("这里已经有一个演示街道；请换一个 GEZHI_HOME，或加 --fresh 清空了重来")
            )
        if fresh:
            with self.step(_("清空数据库")):
                setback.remove(settings.GEZHI_HOME)
                clock.set_back(timedelta(0))
                empty_database()
                keymarks.remember()

    @staticmethod
    def _set_clock(messages: Sequence[Message]) -> datetime:
        """The clock of this home is that of the day after the messages end, now and from now on."""
        if not setback.is_replay(settings.GEZHI_HOME):
            clock.set_back(timedelta(0))
            last = messages[int(_ALMOST_ALL * (len(messages) - 1))]
            after = last.moment.date() + timedelta(days=1)
            days = max(0, (clock.today() - after).days)
            setback.write_days_back(settings.GEZHI_HOME, days)
        clock.set_back(timedelta(days=setback.days_back(settings.GEZHI_HOME)))
        return clock.now()

    def _street(self, first: datetime) -> Street:
        """The street as it was before the first message; in one transaction, or not at all."""
        if stands() == "nothing":
            begin = first - timedelta(days=1)
            with clock.moved_to(begin), transaction.atomic(), codes.steady():
                build_street(begin, self.step)
        return standing_street()

    def _playing(
        self, messages: Sequence[Message], street: Street, end: datetime, helper: Helper
    ) -> Playing:
        days = (end - messages[0].moment).days + 2 * _SPARE_DAYS
        office = WorkTime(codes.calendar(), end + timedelta(days=_SPARE_DAYS), days=days)
        archive_after = timedelta(days=codes.figure("archive_days"))
        ground = street.ground
        return Playing(
            [
                planned(serial, message, office, archive_after=archive_after, seed=SEED)
                for serial, message in enumerate(messages, start=1)
            ],
            street.cast,
            Places(
                street.spots["compound"],
                {code: area.id for code, area in ground.communities.items()},
            ),
            Classes(codes.terms("matters"), codes.terms("request_kinds")),
            district_id=ground.district.id,
            street_id=ground.street.id,
            end=end,
            told_since=end - timedelta(days=TOLD_DAYS),
            helper=helper,
        )

    def _play(self, playing: Playing, total: int) -> None:
        began, told = time.monotonic(), 0

        def tell(done: int, of: int) -> None:
            nonlocal told
            if 20 * done // of > told:
                told = 20 * done // of
                self.stdout.write(f" {5 * told}%", ending="")
                self.stdout.flush()

        with self.step(_("重放 %(count)d 条留言") % {"count": total}):
            playing.play(tell)
        seconds = time.monotonic() - began
        self.stdout.write(
            _("    %(deeds)d 个动作，每个 %(each).1f 毫秒")
            % {"deeds": playing.deeds, "each": 1000 * seconds / max(1, playing.deeds)}
        )

    def _tell(
        self, messages: Sequence[Message], playing: Playing, seconds: float, end: datetime
    ) -> None:
        for reason, count in playing.refused.most_common():
            self.stdout.write(
                _("有 %(count)d 条没有收下：%(reason)s") % {"count": count, "reason": reason}
            )
        drawn = sum(message.drawn for message in messages)
        self.stdout.write(
            _(
                "共 %(count)d 条，用了 %(seconds).0f 秒；其中 %(drawn)d 条原来没有时间，是按种子补的，事件页的来源里写着"
            )
            % {"count": len(messages), "seconds": seconds, "drawn": drawn}
        )
        self.stdout.write(
            _("这里的时钟接着留言往后走，今天是 %(day)s") % {"day": f"{clock.local(end):%Y-%m-%d}"}
        )
        self.stdout.write(
            _("打开它：GEZHI_HOME=%(home)s gezhi serve；账号和演示街道一样，密码都是 %(password)s")
            % {"home": settings.GEZHI_HOME, "password": DEMO_PASSWORD}
        )


def _until(messages: list[Message], end: datetime) -> tuple[list[Message], int]:
    """Those that have come by then, and how many have not."""
    come = [message for message in messages if message.moment < end]
    return come, len(messages) - len(come)


def _thinned(messages: list[Message], most: int) -> list[Message]:
    """So many of them, evenly spread; all, where most is 0."""
    if not most or most >= len(messages):
        return messages
    return [messages[place * len(messages) // most] for place in range(most)]
