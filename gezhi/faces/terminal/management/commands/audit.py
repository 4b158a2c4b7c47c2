"""gezhi audit verify | anchor | grants: checks the trail, prints the rights of the application's role."""

import sys
import time
from argparse import ArgumentParser
from datetime import date, datetime
from datetime import time as clock_time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.audit import anchoring, grants, verification
from gezhi.ground.audit.tasks import anchors_folder
from gezhi.ground.audit.verification import Broken
from gezhi.kernel import clock


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise CommandError(_("哪一天写成 2026-11-23 这样")) from None


class Command(BaseCommand):
    """Checks every chain and names the first broken row; or prints SQL for the owner."""

    help = "留痕：verify 核对全部链条，anchor 打印封存摘要，grants 打印数据库角色授权"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True, metavar="verify|anchor|grants")
        verify = deeds.add_parser("verify", help="重算摘要、封存块和各模块的链，指出第一处不符")
        verify.add_argument(
            "--from", dest="since", type=_day, help="从这一天封存的块查起（年-月-日）"
        )
        verify.add_argument(
            "--noted", default="", help="以前记下的摘要，或存着它的文件，应当还在链上"
        )
        deeds.add_parser("anchor", help="打印今日封存摘要，存到本机以外")
        rights = deeds.add_parser("grants", help="打印 PostgreSQL 授权语句，由属主用 psql 执行")
        rights.add_argument("--role", default="", help="应用使用的角色；默认 GEZHI_DATABASE_ROLE")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["deed"] == "anchor":
            self._anchor()
        elif options["deed"] == "grants":
            self._grants(options["role"])
        else:
            self._verify(options["since"], options["noted"])

    def _grants(self, role: str) -> None:
        name = role or settings.GEZHI_DATABASE_ROLE
        if not name:
            raise CommandError(_("用 --role 或 GEZHI_DATABASE_ROLE 指明应用的数据库角色"))
        try:
            self.stdout.write(grants.script(name))
        except ValueError as error:
            raise CommandError(_("只有 PostgreSQL 有角色；SQLite 由触发器把守")) from error

    def _anchor(self) -> None:
        anchor = anchoring.taken()
        if anchor is None:
            raise CommandError(_("还没有封存块：服务运行几分钟后再来"))
        self.stdout.write(anchor.text)

    def _compare_kept(self) -> None:
        """Every anchor the machine wrote itself; a copy kept elsewhere comes by `--noted`."""
        kept = sorted(anchors_folder().glob("*.txt"))
        for path in kept:
            note = anchoring.noted(path.read_text(encoding="utf-8"))
            if note is None or anchoring.compared(note).fault:
                raise CommandError(_("第一处不符：%(name)s 里的封存摘要") % {"name": path.name})
        if kept:
            self.stdout.write(_("每日封存摘要 %(count)d 份，都在链上") % {"count": len(kept)})

    def _verify(self, day: date | None, noted: str) -> None:
        since = datetime.combine(day, clock_time(), clock.SHANGHAI) if day else None
        counter = _Counter(self, _("留痕"))
        verdict = verification.verify(since=since, noted=_text_of(noted), progress=counter)
        counter.end()
        if verdict.broken is not None:
            raise CommandError(_fault(verdict.broken))
        self.stdout.write(
            _("留痕 %(entries)d 条、封存块 %(blocks)d 个，相符；未封存 %(unsealed)d 条")
            % {
                "entries": verdict.entries,
                "blocks": verdict.blocks,
                "unsealed": verdict.unsealed,
            }
        )
        if verdict.unsealed_late:
            self.stdout.write(self.style.WARNING(_("有超过十分钟没有封存：定时在运行吗？")))
        for kind, check in verification.checks().items():
            name = str(_KINDS.get(kind, kind))
            counter = _Counter(self, name)
            checked = check(since, counter)
            counter.end()
            if checked.broken is not None:
                raise CommandError(_fault(checked.broken))
            self.stdout.write(
                _("%(kind)s %(count)d 件的链和各行相符") % {"kind": name, "count": checked.subjects}
            )
            if checked.without_seal:
                self.stdout.write(
                    self.style.WARNING(
                        _("其中 %(count)d 件还没有封签，只查了流转链；运行 gezhi prepare 补上")
                        % {"count": checked.without_seal}
                    )
                )
        self._compare_kept()
        if verdict.newest_digest:
            self.stdout.write(_("请在本机以外记下：%(digest)s") % {"digest": verdict.newest_digest})


def _text_of(noted: str) -> str:
    """What was noted: the text of the file where one of that name is."""
    path = Path(noted)
    return path.read_text(encoding="utf-8") if noted and path.is_file() else noted


# What the check calls a thing, as an operator reads it; a kind that is new here keeps its own word.
_KINDS = {
    "entry": gettext_lazy("留痕"),
    "block": gettext_lazy("封存块"),
    "head": gettext_lazy("链头"),
    "case": gettext_lazy("案件"),
}


def _fault(broken: Broken) -> str:
    return _("第一处不符：%(kind)s %(row)s：%(fault)s") % {
        "kind": _KINDS.get(broken.kind, broken.kind),
        "row": broken.row,
        "fault": broken.fault,
    }


class _Counter:
    """Shows on a terminal, twice a second, how far the check has come."""

    def __init__(self, command: BaseCommand, name: str) -> None:
        self._command = command
        self._name = name
        self._shown_at = 0.0
        self._shows = sys.stderr.isatty()

    def __call__(self, count: int) -> None:
        if self._shows and time.monotonic() - self._shown_at >= 0.5:
            self._shown_at = time.monotonic()
            self._command.stderr.write(f"\r{self._name} {count:,} …", ending="")
            self._command.stderr.flush()

    def end(self) -> None:
        if self._shows:
            self._command.stderr.write("\r\033[K", ending="")
