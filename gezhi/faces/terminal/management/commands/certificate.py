"""gezhi certificate: the office's own authority and the server's certificate under it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gezhi.faces.terminal.serving import certificate
from gezhi.faces.terminal.serving.readiness import keys_to_make
from gezhi.ground.audit import keymarks
from gezhi.kernel import clock
from gezhi.kernel.certificates import Damaged, Office, State


class Command(BaseCommand):
    help = "看办公室的根证书和指纹；换一张根证书"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--new-authority",
            action="store_true",
            help="另做一张根证书：旧的从此作废，每台手机和电脑都要重装一次",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # Where the keys are missing nothing new may lie in their folder: it might be the wrong one.
        for fault in keymarks.faults(settings.GEZHI_KEYS) or keys_to_make():
            raise CommandError(fault)
        office = Office(Path(settings.GEZHI_KEYS))
        do = office.begin_anew if options["new_authority"] else office.keep
        try:
            state = do(certificate.title(), certificate.hosts(), now=clock.now())
        except (Damaged, OSError) as error:
            raise CommandError(certificate.unkept(office, error)) from error
        self._tell(state)
        if options["new_authority"]:
            self.stdout.write(_("正在运行的 gezhi serve 要重启一次才用上"))

    def _tell(self, state: State) -> None:
        authority, server = state.authority, state.certificate
        for name, value in (
            (_("根证书"), authority.title),
            (_("到期"), _day(authority.ends)),
            ("SHA-256", authority.sha256),
            ("SHA-1", authority.sha1),
            (_("服务证书到期"), _("%(day)s（自己更换）") % {"day": _day(server.ends)}),
            (_("名字和地址"), " ".join(server.names)),
        ):
            self.stdout.write(f"{name}  {value}")
        if state.left_out:
            self.stderr.write(certificate.left_out_words(state.left_out))


def _day(moment: Any) -> str:
    return clock.local(moment).date().isoformat()
