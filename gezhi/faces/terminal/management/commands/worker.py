"""gezhi worker: runs queued tasks until it is stopped."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gezhi.faces.terminal.serving.readiness import unprepared
from gezhi.ground.jobs import at_work
from gezhi.ground.jobs.worker import Worker
from gezhi.ground.upgrades import queries as upgrades


class Command(BaseCommand):
    """One worker; more of them share the queue. SIGTERM lets the task that runs finish."""

    help = "执行后台任务"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--queue", default="default", help="队列")
        parser.add_argument("--limit", type=float, default=600.0, help="一项任务最多多少秒")
        parser.add_argument("--drain", action="store_true", help="做完到期的任务就退出")

    def handle(self, *args: Any, **options: Any) -> None:
        if sentence := unprepared():
            raise CommandError(sentence)
        if upgrades.is_unfinished():
            raise CommandError(_("换版没有做完：先运行 gezhi upgrade --resume"))
        try:
            with at_work.together(settings.GEZHI_HOME):
                self._work(options)
        except at_work.Busy as busy:
            raise CommandError(_("正在换版或恢复：等它做完再启动")) from busy

    def _work(self, options: dict[str, Any]) -> None:
        worker = Worker(queue=options["queue"], limit=options["limit"])
        if options["drain"]:
            self.stdout.write(str(worker.run_all()))
            return
        # On a full machine people come first: intake and pages before what may wait a second.
        os.nice(10)
        worker.run()
