"""gezhi upgrade: a new version from a bundle, and the way back."""

import sys
from argparse import SUPPRESS, ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gezhi.ground.upgrades import actions
from gezhi.ground.upgrades.state import Stage, State
from gezhi.kernel.errors import Refusal


class Command(BaseCommand):
    """Ends with 0 when the new version is in use, or one went back as asked; with 1 otherwise."""

    help = "换版：从安装包换成新的一版，不行就连数据退回；--rollback 退回，--resume 把断了的做完"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bundle", nargs="?", type=Path, help="安装包（.tar.gz）")
        parser.add_argument("--rollback", action="store_true", help="退回换版前的程序和数据")
        parser.add_argument(
            "--lose-newer",
            action="store_true",
            help="和 --rollback 一起：换版以后写的不要了（另存一份）",
        )
        parser.add_argument(
            "--resume", action="store_true", help="断了的换版：能做完的做完，否则退回"
        )
        # Asked of the new version by the old one.
        parser.add_argument("--finish", action="store_true", help=SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["finish"]:
                actions.finish()
            elif options["resume"]:
                self._end(actions.resume(tell=self._tell), wanted=None)
            elif options["rollback"]:
                ended = actions.go_back(lose_newer=options["lose_newer"], tell=self._tell)
                self._end(ended, wanted=Stage.RETURNED)
            elif options["bundle"]:
                ended = actions.upgrade(options["bundle"], tell=self._tell)
                self._end(ended, wanted=Stage.DONE)
            else:
                raise CommandError(_("写安装包的文件名，或 --rollback、--resume"))
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal

    def _tell(self, words: str) -> None:
        self.stdout.write(f"  {words} …")
        self.stdout.flush()

    def _end(self, ended: State | None, *, wanted: Stage | None) -> None:
        if ended is None:
            self.stdout.write(_("没有断了的换版"))
        elif ended.stage is Stage.DONE:
            self.stdout.write(_("换好了，现在是 %(version)s。启动服务吧") % {"version": ended.new})
        else:
            words = _("退回好了，程序和数据都是换版前的（%(version)s）：%(why)s") % {
                "version": ended.old,
                "why": ended.why,
            }
            self.stdout.write(words)
            if wanted is Stage.DONE:
                sys.exit(1)
