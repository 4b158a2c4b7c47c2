"""gezhi serve: web, worker and beat under one command."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils.translation import gettext as _

from gezhi.faces.terminal.serving import programs
from gezhi.faces.terminal.serving.readiness import faults
from gezhi.faces.terminal.serving.supervisor import Supervisor


class Command(BaseCommand):
    """Starts and keeps running all that an installation needs, until Ctrl-C or SIGTERM."""

    help = "启动网页、后台任务和定时"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="监听地址")
        parser.add_argument("--port", type=int, default=8000, help="监听端口")
        parser.add_argument("--workers", type=int, default=programs.cores(), help="网页进程数")
        parser.add_argument("--job-workers", type=int, default=1, help="后台任务进程数")
        parser.add_argument("--no-beat", action="store_true", help="不启动定时（别的机器上有）")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        if options["workers"] < 1 or options["job_workers"] < 0:
            raise CommandError(_("进程数至少是 1"))
        for fault in faults():
            raise CommandError(fault)
        # Children of a fork would share the parent's handles on the database.
        connections.close_all()
        if not programs.is_free(host, port):
            raise CommandError(
                _("端口 %(port)d 已被占用：停掉占用它的程序，或用 --port 换一个") % {"port": port}
            )
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings.SETTINGS_MODULE)
        if not programs.is_near(host):
            self.stderr.write(
                _("注意：别的机器能直接连上这个端口，而它不加密；给人用之前，前面要有做 TLS 的代理")
            )
        programs.may_open(2 * programs.CONNECTIONS)
        children = [programs.web(host, port, options["workers"])]
        children += [
            programs.ours(f"worker {number + 1}", "worker")
            for number in range(options["job_workers"])
        ]
        if not options["no_beat"]:
            children.append(programs.ours("beat", "beat"))
        self._told = False
        supervisor = Supervisor(children, each_look=lambda: self._tell(host, port))
        supervisor.stop.on_signals()
        supervisor.run()
        self.stdout.write(_("已停止"))

    def _tell(self, host: str, port: int) -> None:
        """Print the address once, as soon as somebody answers there."""
        if self._told or not programs.answers(host, port):
            return
        self._told = True
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(
            _("格治已启动：http://%(host)s:%(port)d/ （按 Ctrl+C 停止）")
            % {"host": shown, "port": port}
        )
        self.stdout.flush()
