"""gezhi backup DIR: everything of this installation but the keys, copied while it runs."""

import json
import signal
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gezhi.faces.terminal.backup_words import Progress, named_folder
from gezhi.faces.terminal.serving import readiness
from gezhi.ground.backups import actions
from gezhi.ground.backups.amounts import size_words, span_words
from gezhi.ground.backups.keyfolders import KNOWINGLY
from gezhi.ground.backups.making import Made
from gezhi.kernel.errors import Refusal
from gezhi.kernel.viewer import Viewer


class Command(BaseCommand):
    help = "备份：数据库、照片、标准包和设置抄到一个文件夹，边用边抄；密钥另放"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", type=named_folder, help="放备份的文件夹，最好在 U 盘或另一个盘上"
        )
        parser.add_argument(
            "--keys", type=named_folder, help="把密钥抄到这个文件夹：要在另一个盘上"
        )
        parser.add_argument(
            "--same-disk", default="", metavar="一句话", help=f"只有一个盘时，照写：{KNOWINGLY}"
        )
        parser.add_argument(
            "--check-all", action="store_true", help="以前抄好的文件也全部读一遍，坏了的重抄"
        )
        parser.add_argument("--prune", action="store_true", help="做好以后，照留几份的规矩删旧的")
        parser.add_argument(
            "--timed", action="store_true", help="由后台做的：文件夹不在就不做，做好以后删旧的"
        )
        parser.add_argument("--json", action="store_true", help="最后一行写成 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if sentence := readiness.unprepared() or readiness.unreached():
            raise CommandError(sentence)
        timed = options["timed"]
        by = Viewer.system("backups" if timed else "terminal")
        folder: Path = options["folder"]
        progress = Progress(lambda words: self._shown(words))
        # A service that is stopped stops it as a hand at the keys would: it says so in its row.
        before = signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            # Refused before minutes of copying, not after.
            self._keys(options, folder, by)
            made = actions.make(
                folder=folder,
                by=by,
                timed=timed,
                check_all=options["check_all"],
                progress=progress,
            )
            progress.end()
            gone = actions.let_go(folder=folder, by=by) if timed or options["prune"] else []
            self._tell(made, gone, options)
        except Refusal as refusal:
            progress.end()
            raise CommandError(str(refusal.message)) from refusal
        except KeyboardInterrupt:
            progress.end()
            raise CommandError(_("停下了。再运行一次就接着做，已经抄好的不用重抄")) from None
        finally:
            signal.signal(signal.SIGTERM, before)

    def _shown(self, words: str) -> None:
        self.stderr.write(words, ending="")
        self.stderr.flush()

    def _tell(self, made: Made, gone: list[str], options: dict[str, Any]) -> None:
        if options["json"]:
            told = {**asdict(made), "folder": str(made.folder), "gone": gone}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(
            _("备份好了：%(name)s，用了 %(span)s")
            % {"name": made.name, "span": span_words(made.seconds)}
        )
        self.stdout.write(
            _(
                "  %(rows)d 行，%(files)d 个文件，共 %(size)s；这次新抄 %(new)d 个文件，%(new_size)s；读回来核对过"
            )
            % {
                "rows": made.rows,
                "files": made.files,
                "size": size_words(made.bytes),
                "new": made.new_files,
                "new_size": size_words(made.new_bytes),
            }
        )
        if made.mended:
            self.stdout.write(
                self.style.WARNING(
                    _("  盘上有 %(count)d 个旧文件坏了，已经重抄：这个盘快不行了，换一个")
                    % {"count": made.mended}
                )
            )
        if made.lacking:
            self.stdout.write(
                self.style.WARNING(
                    _("  有 %(count)d 张照片登记着，文件不在或不是原来的：第一张 %(name)s")
                    % {"count": len(made.lacking), "name": made.lacking[0]}
                )
            )
        if gone:
            self.stdout.write(_("  删了 %(count)d 份旧的") % {"count": len(gone)})
        if options["keys"] is None and not options["timed"]:
            self.stdout.write(
                _(
                    "  密钥不在里面：没有密钥，这份备份打不开。密钥另抄一份，锁在另一个地方："
                    "gezhi backup 加 --keys 另一个 U 盘上的文件夹"
                )
            )

    def _keys(self, options: dict[str, Any], folder: Path, by: Viewer) -> None:
        target: Path | None = options["keys"]
        if target is None:
            return
        names = actions.copy_keys(folder=target, beside=folder, said=options["same_disk"], by=by)
        if not options["json"]:
            self.stdout.write(
                _("密钥抄好了：%(folder)s，%(count)d 个文件。把它和备份锁在两个地方")
                % {"folder": target, "count": len(names)}
            )
