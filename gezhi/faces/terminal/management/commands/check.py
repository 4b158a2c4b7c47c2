"""gezhi check: Django's, which also says how this installation is encrypted."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import check

from gezhi.faces.shell import encryption


class Command(check.Command):
    """Django's check with a first line about encryption."""

    help = "检查安装，说现在怎样加密；--deploy 是正式使用前要查的"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--tls", action="store_true", help="照 gezhi serve --tls 那样检查（同 GEZHI_TLS=own）"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = encryption.in_force()
        self.stdout.write(self.style.ERROR(found.sentence) if found.is_bad else found.sentence)
        super().handle(*args, **options)
