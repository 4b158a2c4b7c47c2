"""`gezhi prepare`: everything an installation needs before it serves; safe to run again."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from gezhi.ground.codes import actions as codes
from gezhi.kernel import secrets
from gezhi.kernel.errors import Conflict
from gezhi.kernel.secrets import session_key
from gezhi.kernel.viewer import Viewer


class Command(BaseCommand):
    help = "准备密钥、数据库、标准包和静态文件；可以反复运行"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        settings.GEZHI_HOME.mkdir(parents=True, exist_ok=True)
        steps: list[tuple[str, Callable[[], object]]] = [
            ("密钥", self._keys),
            ("数据库", lambda: call_command("migrate", verbosity=0, interactive=False)),
            ("缓存表", lambda: call_command("createcachetable", verbosity=0)),
            ("标准包", self._packs),
            (
                "静态文件",
                lambda: call_command("collectstatic", verbosity=0, interactive=False),
            ),
        ]
        for name, step in steps:
            began = time.monotonic()
            self.stdout.write(f"    {name} …", ending="")
            self.stdout.flush()
            step()
            self.stdout.write(f" 好（{time.monotonic() - began:.1f} 秒）")

    def _keys(self) -> None:
        secrets.create_keys(settings.GEZHI_KEYS)
        session_key.make(settings.GEZHI_KEYS)

    def _packs(self) -> None:
        """Import every pack that lies under packs/; one already in force is left alone."""
        by = Viewer.system("prepare")
        for folder in sorted(settings.GEZHI_PACKS.iterdir()):
            if not (folder / "pack.toml").exists():
                continue
            try:
                codes.import_pack(folder, by=by)
            except Conflict as refusal:
                # The version in force stays; an operator who edited a pack is told, not stopped.
                self.stderr.write(f"\n    {folder.name}：{refusal.message}")
