"""gezhi orders import | export: sheets of 12345 orders in, replies to them out."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils.translation import gettext as _

from gezhi.ground.sheets import actions as sheets
from gezhi.ground.sheets import queries as batches
from gezhi.kernel.errors import Refusal
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.work.orders import actions, mappings
from gezhi.work.orders.listing import ORDERS, counted, wrong_rows
from gezhi.work.orders.models import Direction


class Command(BaseCommand):
    """Brings a sheet of orders in, or writes the replies that wait into one."""

    help = "12345 工单：import 导入一张表，export 把等着的回件写成一张表"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True, metavar="import|export")
        brought = deeds.add_parser("import", help="导入一张 Excel 或 CSV，打印各有几行")
        brought.add_argument("file", type=Path, metavar="FILE")
        brought.add_argument("--mapping", default="", help="用哪一种表样；不写就自己认")
        brought.add_argument("--json", action="store_true", help="打印 JSON")
        out = deeds.add_parser("export", help="把等着的回件写成 xlsx；写过的不再写")
        out.add_argument("file", type=Path, metavar="OUT.xlsx")
        out.add_argument("--mapping", default="", help="照哪一种回件表样；不写用通常的列")
        out.add_argument("--purpose", default="回复 12345", help="用途，印在表上、记进留痕")

    def handle(self, *args: Any, **options: Any) -> None:
        by = Viewer.system("orders", places.default_district().pk)
        try:
            if options["deed"] == "import":
                self._import(options["file"], options["mapping"], options["json"], by)
            else:
                self._export(options["file"], options["mapping"], options["purpose"], by)
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal

    def _import(self, path: Path, mapping: str, as_json: bool, by: Viewer) -> None:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(_("读不了这个文件：%(name)s") % {"name": path.name}) from error
        batch = sheets.look_at(sheet=ORDERS, content=content, by=by)
        if mapping:
            kept = mappings.named(by, Direction.IN, mapping)
            titles = {one.place: one.title for one in batches.look(batch, by).matched.columns}
            chosen = mappings.placed(kept, titles)
            if chosen is None:
                raise CommandError(
                    _("这张表和表样“%(name)s”对不上，表里是：%(titles)s")
                    % {"name": mapping, "titles": "、".join(titles.values())}
                )
            batch = sheets.match(batch_id=batch.pk, chosen=chosen, by=by)
        seen = sheets.store_now(batch_id=batch.pk, version=batch.version, by=by)
        if seen.missing:
            names = "、".join(str(one.title) for one in seen.missing)
            said = _("表里没有找到：%(names)s。在网页上认一次列，存成表样，再用 --mapping")
            raise CommandError(said % {"names": names})
        batch.refresh_from_db()
        found = counted(batch, by, seen)
        wrong = wrong_rows(batch, seen)
        red = reverse("desk:sheet_batch", args=[batch.pk]) if wrong else ""
        if as_json:
            rows = [{"row": one.number, "reasons": one.reasons} for one in wrong]
            told = {**found, "wrong_rows": rows, "red": red}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(" ".join(f"{name} {number}" for name, number in found.items()))
        for one in wrong:
            self.stdout.write(
                _("第 %(number)d 行：%(reasons)s")
                % {"number": one.number, "reasons": "；".join(one.reasons)}
            )
        if red:
            self.stdout.write(_("红格的表在网页上下载：%(path)s") % {"path": red})

    def _export(self, path: Path, mapping: str, purpose: str, by: Viewer) -> None:
        written = actions.export(by=by, purpose=purpose, mapping=mapping)
        with written.workbook() as held:
            path.write_bytes(held.read())
        self.stdout.write(_("%(count)d 条回件，编号 %(serial)s") % {
            "count": len(written.told), "serial": written.mark.serial,
        })  # fmt: skip
