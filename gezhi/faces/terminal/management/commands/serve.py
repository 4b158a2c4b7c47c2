"""gezhi serve: web, worker and beat under one command."""

import errno
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils.translation import gettext as _

from gezhi.faces.shell import encryption
from gezhi.faces.terminal.serving import programs
from gezhi.faces.terminal.serving.certificate import (
    GivenCertificate,
    OwnCertificate,
    left_out_words,
)
from gezhi.faces.terminal.serving.readiness import faults
from gezhi.faces.terminal.serving.supervisor import Supervisor
from gezhi.ground.jobs import at_work
from gezhi.ground.jobs.at_work import Serving
from gezhi.ground.upgrades import actions as upgrades
from gezhi.kernel.certificates import Office
from gezhi.kernel.errors import Refusal

PORT, TLS_PORT, OTHER_PORT = 8000, 8443, 8080


class Command(BaseCommand):
    """Starts and keeps running all that an installation needs, until Ctrl-C or SIGTERM."""

    help = "启动网页、后台任务和定时"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="监听地址")
        parser.add_argument(
            "--port", type=int, help=f"监听端口，默认 {PORT}；有 --tls 时默认 {TLS_PORT}"
        )
        parser.add_argument(
            "--tls", action="store_true", help="自己做 TLS（同 GEZHI_TLS=own），不用代理"
        )
        parser.add_argument(
            "--certificate", help="用这张证书（PEM）；不写就用办公室自己的根证书签一张"
        )
        parser.add_argument("--key", help="--certificate 的私钥（PEM，PKCS#8，没有密码）")
        parser.add_argument(
            "--redirect-port",
            type=int,
            help="有 --tls 时，不加密的端口：把人领到加密的地址，也打开装根证书的页面；"
            f"默认 {PORT}，0 是不要",
        )
        parser.add_argument("--workers", type=int, default=programs.cores(), help="网页进程数")
        parser.add_argument("--job-workers", type=int, default=1, help="后台任务进程数")
        parser.add_argument("--no-beat", action="store_true", help="不启动定时（别的机器上有）")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["workers"] < 1 or options["job_workers"] < 0:
            raise CommandError(_("进程数至少是 1"))
        self._refuse_unencrypted(options["host"])
        self._end_upgrade()
        try:
            with at_work.together(settings.GEZHI_HOME):
                self._serve(options)
        except at_work.Busy as busy:
            raise CommandError(_("正在换版或恢复：等它做完再启动")) from busy

    def _end_upgrade(self) -> None:
        """An upgrade that lost its power goes on, or back, before anything is served; then the
        version that is in use serves."""
        try:
            upgrades.resume(tell=self.stdout.write)
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
        if not upgrades.is_current():
            self.stdout.flush()
            upgrades.begin_anew(sys.argv[1:])

    def _serve(self, options: dict[str, Any]) -> None:
        host = options["host"]
        for fault in faults():
            raise CommandError(fault)
        # Children of a fork would share the parent's handles on the database.
        connections.close_all()
        port, plain_port = _ports(options)
        if options["port"] is None and not settings.GEZHI_TLS:
            port = self._or_the_next(host, port)
        for wanted in filter(None, (port, plain_port)):
            _refuse_taken(host, wanted)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings.SETTINGS_MODULE)
        shown = _certificate(options)
        self._say_what_is_in_force(host, port, plain_port, shown)
        programs.may_open(2 * programs.CONNECTIONS)
        children = [programs.web(host, port, options["workers"], shown.files if shown else None)]
        web = children[0]
        if plain_port:
            children.append(programs.to_tls(host, plain_port))
        children += [
            programs.ours(f"worker {number + 1}", "worker")
            for number in range(options["job_workers"])
        ]
        if not options["no_beat"]:
            children.append(programs.ours("beat", "beat"))
        self._told = False
        address = f"{'https' if shown else 'http'}://{_in_address(host)}:{port}/"

        def each_look() -> None:
            self._tell(host, port, address)
            if shown:
                shown.look(web.ask_to_renew)

        _tell_children(port, plain_port, shown)
        at_work.note(settings.GEZHI_HOME, Serving(host, port, tls=shown is not None))
        supervisor = Supervisor(children, each_look=each_look)
        supervisor.stop.on_signals()
        supervisor.run()
        self.stdout.write(_("已停止"))

    def _or_the_next(self, host: str, port: int) -> int:
        """The port, or the one after it where nobody asked for this one and it is taken."""
        if programs.refusal_to_listen(host, port) != errno.EADDRINUSE:
            return port
        if programs.refusal_to_listen(host, port + 1):
            return port
        self.stdout.write(
            _("端口 %(port)d 已被占用，改用 %(next)d") % {"port": port, "next": port + 1}
        )
        return port + 1

    def _refuse_unencrypted(self, host: str) -> None:
        """Nobody's words travel in clear unless somebody said that they may."""
        if not settings.GEZHI_TLS and (settings.PRODUCTION or not programs.is_near(host)):
            raise CommandError(encryption.ways())

    def _say_what_is_in_force(
        self,
        host: str,
        port: int,
        plain_port: int,
        shown: OwnCertificate | GivenCertificate | None,
    ) -> None:
        found = encryption.in_force(given=isinstance(shown, GivenCertificate))
        if found.is_bad:
            self.stderr.write(self.style.ERROR(found.sentence))
        elif found.way:
            self.stdout.write(found.sentence)
        if found.way == "proxy" and not programs.is_near(host):
            self.stderr.write(
                _("注意：别的机器能直接连上这个端口，而它不加密；只让代理连它，用防火墙挡住别人")
            )
        if isinstance(shown, OwnCertificate):
            self._say_how_to_install(shown, host, port, plain_port)

    def _say_how_to_install(
        self, shown: OwnCertificate, host: str, port: int, plain_port: int
    ) -> None:
        authority = shown.office.authority()
        if authority is None:
            return
        page = encryption.page_address(host, port, plain_port)
        self.stdout.write(_("手机和电脑第一次用，先打开 %(page)s 装根证书") % {"page": page})
        self.stdout.write(_("根证书指纹（SHA-256）：%(digits)s") % {"digits": authority.sha256})
        if shown.left_out:
            self.stderr.write(left_out_words(shown.left_out))

    def _tell(self, host: str, port: int, address: str) -> None:
        """Print the address once, as soon as somebody answers there."""
        if self._told or not programs.answers(host, port):
            return
        self._told = True
        self.stdout.write(_("格治已启动：%(address)s （按 Ctrl+C 停止）") % {"address": address})
        self.stdout.flush()


def _ports(options: dict[str, Any]) -> tuple[int, int]:
    """The port that is served, and the plain one beside TLS (0: none)."""
    if settings.GEZHI_TLS != "own":
        if options["tls"] or options["certificate"] or options["key"] or options["redirect_port"]:
            raise CommandError(_("--certificate、--key、--redirect-port 要和 --tls 一起用"))
        return options["port"] or PORT, 0
    port = options["port"] or TLS_PORT
    plain = options["redirect_port"]
    if plain is None:
        plain = PORT if port != PORT else OTHER_PORT
    if plain == port:
        raise CommandError(_("--port 和 --redirect-port 不能是同一个端口"))
    return port, plain


def _refuse_taken(host: str, port: int) -> None:
    refusal = programs.refusal_to_listen(host, port)
    if refusal == errno.EACCES:
        raise CommandError(
            _(
                "端口 %(port)d 只许系统管理员用：换 1024 以上的，或见 docs/operator/running.md 的“怎样加密”"
            )
            % {"port": port}
        )
    if refusal:
        # Whoever came by `make run` has no option to give.
        way = f"PORT={port + 1} make run" if "MAKELEVEL" in os.environ else "--port"
        raise CommandError(
            _("端口 %(port)d 已被占用：停掉占用它的程序，或用 %(way)s 换一个")
            % {"port": port, "way": way}
        )


def _certificate(options: dict[str, Any]) -> OwnCertificate | GivenCertificate | None:
    """The certificate to serve, looked at; None where TLS is not ours."""
    if settings.GEZHI_TLS != "own":
        return None
    certificate, key = options["certificate"], options["key"]
    if bool(certificate) != bool(key):
        raise CommandError(_("--certificate 和 --key 要一起给"))
    shown = (
        GivenCertificate(Path(certificate).resolve(), Path(key).resolve())
        if certificate
        else OwnCertificate(Office(Path(settings.GEZHI_KEYS)))
    )
    shown.begin()
    return shown


def _tell_children(
    port: int, plain_port: int, shown: OwnCertificate | GivenCertificate | None
) -> None:
    """What only this command knows, for the settings of the programs it starts."""
    os.environ["GEZHI_TLS_PORT"] = str(port if shown else 0)
    os.environ["GEZHI_PLAIN_PORT"] = str(plain_port)
    given = isinstance(shown, GivenCertificate)
    os.environ["GEZHI_CERTIFICATE"] = str(shown.files[0]) if shown and given else ""


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host
