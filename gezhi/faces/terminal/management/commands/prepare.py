"""`gezhi prepare`: everything an installation needs before it serves; safe to run again."""

import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, OperationalError
from django.utils.translation import gettext as _

from gezhi.faces.terminal.serving import readiness
from gezhi.ground.audit import actions as audit
from gezhi.ground.audit import covering, keymarks, triggers
from gezhi.ground.codes import actions as codes
from gezhi.ground.doctor.checks import static_files
from gezhi.ground.doctor.own_files import own_files
from gezhi.kernel import ownership, secrets
from gezhi.kernel.errors import Conflict, Invalid
from gezhi.kernel.secrets import session_key
from gezhi.kernel.viewer import Viewer


class Command(BaseCommand):
    help = "准备密钥、数据库、标准包和静态文件；可以反复运行"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--give-up-key",
            action="append",
            default=[],
            metavar="名称.编号",
            help="这一把密钥找不回来了：它封过的内容从此打不开，另做一把新的（可写多次）",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # Keys and tables made now would stand in the way of the restore.
        if sentence := readiness.half_restored():
            raise CommandError(sentence)
        try:
            settings.GEZHI_HOME.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            if sentence := readiness.no_room(error):
                raise CommandError(sentence) from error
            raise
        given_up: list[str] = options.get("give_up_key") or []
        steps: list[tuple[str, Callable[[], object]]] = [
            ("密钥", lambda: self._keys(given_up)),
            ("数据库", lambda: self._database(given_up)),
            ("封签", lambda: covering.cover_all(Viewer.system("prepare"))),
            ("标准包", self._packs),
            ("静态文件", self._static),
            ("文件权限", self._close),
        ]
        for name, step in steps:
            began = time.monotonic()
            self.stdout.write(f"    {name} …", ending="")
            self.stdout.flush()
            try:
                step()
            except (DatabaseError, OSError) as error:
                self.stdout.write("")
                if sentence := readiness.no_room(error):
                    raise CommandError(sentence) from error
                raise
            self.stdout.write(f" 好（{time.monotonic() - began:.1f} 秒）")

    def _database(self, given_up: list[str]) -> None:
        """Bring the tables up to date; when that fails, what guards the old ones is put back."""
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except Exception:
            triggers.install()
            raise
        keymarks.remember()
        if given_up:
            audit.record_given_up(given_up, by=Viewer.system("prepare"))

    def _static(self) -> None:
        """Collect and compress the static files, unless none changed since the last time."""
        folder = Path(settings.STATIC_ROOT)
        now = static_files.state()
        mark = folder / static_files.MARK
        if mark.exists() and mark.read_text() == now:
            return
        call_command("collectstatic", verbosity=0, interactive=False)
        mark.write_text(now)

    def _keys(self, given_up: list[str]) -> None:
        """Make what is missing, but never over data that were sealed with a key that is gone."""
        folder = settings.GEZHI_KEYS
        try:
            if given_up:
                keymarks.give_up(given_up, folder=folder)
            for fault in keymarks.faults(folder):
                raise CommandError(fault)
            secrets.create_keys(folder)
            session_key.make(folder)
        except Invalid as refusal:
            raise CommandError(str(refusal.message)) from refusal
        except OperationalError as error:
            raise CommandError(
                _("数据库连不上：检查 GEZHI_DATABASE，和数据库服务是否在运行")
            ) from error
        except OSError as error:
            if readiness.no_room(error):
                raise
            raise CommandError(
                _("密钥文件夹 %(folder)s 写不进去：检查它的权限，和它所在的磁盘有没有挂上")
                % {"folder": folder}
            ) from error

    def _close(self) -> None:
        """Take the rights of others from what an older version, or another hand, left open."""
        for path in ownership.close_to_others(own_files()):
            self.stderr.write(
                "\n    " + _("%(path)s 别人也读得到，又不归我改：chmod go-rwx 它") % {"path": path}
            )

    def _packs(self) -> None:
        """Import every pack that lies under packs/; one already in force is left alone, and one
        the office changed stays as the office wants it."""
        by = Viewer.system("prepare")
        for folder in sorted(settings.GEZHI_PACKS.iterdir()):
            if not (folder / "pack.toml").exists():
                continue
            try:
                result = codes.import_pack(folder, by=by, keep_local=True)
            except Conflict as refusal:
                # The version in force stays; an operator who edited a pack is told, not stopped.
                self.stderr.write(f"\n    {folder.name}：{refusal.message}")
                continue
            if result.outcome in ("kept", "completed"):
                self.stdout.write(
                    f"\n    {folder.name}：本单位改过，仍用自己的，现在是 {result.version} 版；"
                    f"看差别用 gezhi pack diff {folder.name}"
                )
