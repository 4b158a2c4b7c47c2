"""gezhi doctor: whether this machine and its data are well, and what to do where they are not."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from gezhi.faces.terminal import doctor_report
from gezhi.ground.doctor import queries
from gezhi.ground.doctor.rules import EXIT_CODES
from gezhi.kernel.viewer import Viewer


class Command(BaseCommand):
    """Ends with 0 only when all is well, with 1 for what is to be watched, with 2 for what is bad."""

    help = "体检：磁盘、时钟、任务、触发器、密钥、留痕、备份、端口……不好的写怎么办"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="给程序看的 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        found = queries.examine(Viewer.system("doctor"))
        titled = [(one.title, finding) for one in found.looked for finding in one.findings]
        if options["json"]:
            self.stdout.write(doctor_report.as_json(titled))
        else:
            self.stdout.write("\n".join(doctor_report.lines(titled)))
        self.stdout.flush()
        sys.exit(EXIT_CODES[found.level])
