"""gezhi worker: runs queued tasks until it is stopped."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gezhi.faces.terminal.serving.readiness import unprepared
from gezhi.ground.jobs.worker import Worker


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
        worker = Worker(queue=options["queue"], limit=options["limit"])
        if options["drain"]:
            self.stdout.write(str(worker.run_all()))
            return
        # On a full machine people come first: intake and pages before what may wait a second.
        os.nice(10)
        worker.run()
