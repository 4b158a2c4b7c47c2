"""gezhi restore DIR: a backup into an empty installation; --drill: into a scratch one, to see it can."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gezhi.faces.terminal.backup_words import Progress, named_folder
from gezhi.faces.terminal.serving import readiness
from gezhi.ground.backups import actions
from gezhi.ground.backups.amounts import size_words, span_words
from gezhi.kernel.errors import Refusal
from gezhi.kernel.viewer import Viewer

_BY = "terminal"


class Command(BaseCommand):
    help = "恢复：把备份装进空的 GEZHI_HOME，全部核对；--drill 演练一遍，不动正在用的"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder",
            type=named_folder,
            nargs="?",
            help="放备份的文件夹（用最新的一份），或其中一份；演练时不写就用 GEZHI_BACKUP",
        )
        parser.add_argument(
            "--keys", type=named_folder, help="密钥在哪个文件夹；不写就用 GEZHI_KEYS 里的"
        )
        parser.add_argument(
            "--drill", action="store_true", help="恢复到一个临时的地方，对过就拆，报告用了多久"
        )
        parser.add_argument("--json", action="store_true", help="最后一行写成 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = _folder(options)
        progress = Progress(lambda words: self._shown(words))
        try:
            if options["drill"]:
                self._drill(folder, options)
            else:
                self._restore(folder, options, progress)
        except Refusal as refusal:
            progress.end()
            raise CommandError(str(refusal.message)) from refusal
        except KeyboardInterrupt:
            progress.end()
            raise CommandError(_("停下了。再运行一次就接着做")) from None

    def _restore(self, folder: Path, options: Mapping[str, Any], progress: Progress) -> None:
        done = actions.restore(
            folder=folder, keys=options["keys"], by=Viewer.system(_BY), progress=progress
        )
        progress.end()
        told = asdict(done)
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(_("恢复好了，用了 %(span)s") % {"span": span_words(done.seconds)})
        self._tell(told)
        if done.migrated:
            self.stdout.write(_("  这份备份是以前的程序做的，表已经换成现在的样子"))
        if done.packs:
            self.stdout.write(
                _(
                    "  标准包和这个程序自带的不一样，放在 %(folder)s：自己做的包才要设 GEZHI_PACKS，旧程序自带的不用管"
                )
                % {"folder": done.packs}
            )
        if done.lacking:
            self.stdout.write(
                self.style.WARNING(
                    _("  有 %(count)d 张照片备份的时候就不在了") % {"count": done.lacking}
                )
            )
        if settings.GEZHI_DATABASE_ROLE:
            self.stdout.write(_("  应用角色要重新授权：gezhi audit grants"))
        self.stdout.write(_("接着运行 gezhi prepare，再 gezhi serve。大家都要重新登录。"))

    def _shown(self, words: str) -> None:
        self.stderr.write(words, ending="")
        self.stderr.flush()

    def _tell(self, told: Mapping[str, Any]) -> None:
        self.stdout.write(
            _("  备份 %(name)s：%(rows)d 行，%(files)d 个文件，共 %(size)s，和清单逐项相符")
            % {**told, "size": size_words(told["bytes"])}
        )
        self.stdout.write(
            _("  留痕 %(entries)d 条、%(chains)d 件事的链，从头核对相符") % dict(told)
        )

    def _drill(self, folder: Path, options: Mapping[str, Any]) -> None:
        if sentence := readiness.unprepared() or readiness.unreached():
            raise CommandError(sentence)
        told = actions.drill(folder=folder, keys=options["keys"], by=Viewer.system(_BY))
        if options["json"]:
            self.stdout.write(json.dumps(dict(told), ensure_ascii=False))
            return
        self.stdout.write(
            _("演练好了：真要恢复，用 %(span)s。临时的地方已经拆掉")
            % {"span": span_words(told["seconds"])}
        )
        self._tell(told)


def _folder(options: Mapping[str, Any]) -> Path:
    folder: Path | None = options["folder"]
    if folder is None and options["drill"]:
        folder = settings.GEZHI_BACKUP
    if folder is None:
        raise CommandError(_("写放备份的文件夹，如 gezhi restore /media/usb/gezhi"))
    if not folder.is_dir():
        raise CommandError(
            _("没有 %(folder)s 这个文件夹：U 盘插上了吗，名字写对了吗") % {"folder": folder}
        )
    return folder
