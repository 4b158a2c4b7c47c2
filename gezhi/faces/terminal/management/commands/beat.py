"""gezhi beat: turns the timetable into queued tasks until it is stopped."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gezhi.faces.terminal.serving.readiness import unprepared
from gezhi.ground.jobs import at_work
from gezhi.ground.jobs.beat import Beat
from gezhi.ground.jobs.timetable import Timed, timetable
from gezhi.ground.upgrades import queries as upgrades


class Command(BaseCommand):
    """One beat is enough; two do no harm."""

    help = "按时刻表安排定时任务"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--list", action="store_true", help="列出时刻表")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            for line in timetable():
                self.stdout.write(f"{line.name:24}{_rhythm(line):>12}  {line.task.module_path}")
            return
        if sentence := unprepared():
            raise CommandError(sentence)
        if upgrades.is_unfinished():
            raise CommandError(_("换版没有做完：先运行 gezhi upgrade --resume"))
        try:
            with at_work.together(settings.GEZHI_HOME):
                Beat(timetable()).run()
        except at_work.Busy as busy:
            raise CommandError(_("正在换版或恢复：等它做完再启动")) from busy


def _rhythm(line: Timed) -> str:
    return f"{line.daily:%H:%M}" if line.daily else f"{line.every} s"
