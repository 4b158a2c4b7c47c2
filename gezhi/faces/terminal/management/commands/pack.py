"""gezhi pack list | diff | import: what codes this installation works with."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gezhi.ground.codes import queries
from gezhi.ground.codes.actions import diff_pack, import_pack
from gezhi.ground.codes.folder import folders_of_packs, read_folder
from gezhi.ground.codes.rules import Change, PackDiff
from gezhi.kernel.errors import Refusal
from gezhi.kernel.viewer import Viewer

OPERATOR = Viewer.system("terminal")
_KINDS = {"added": "＋", "removed": "－", "changed": "～"}
_SHOWN = 40


class Command(BaseCommand):
    """Lists, compares and imports packs of codes."""

    help = "标准包：list 列出，diff 比较，import 导入"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True, metavar="list|diff|import")
        deeds.add_parser("list", help="列出已导入的和 packs/ 里的标准包")
        for deed, words in (
            ("diff", "比较一个标准包与现行版本，不改动任何东西"),
            ("import", "导入标准包，整包成功或整包不动"),
        ):
            one = deeds.add_parser(deed, help=words)
            one.add_argument("pack", nargs="?", help="packs/ 下的名称，或一个文件夹")
            one.add_argument("--all", action="store_true", help="packs/ 下的全部标准包")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["deed"] == "list":
            self._list()
            return
        for folder in _chosen(options["pack"], options["all"]):
            try:
                if options["deed"] == "diff":
                    self._diff(diff_pack(folder))
                else:
                    # Named alone, it is meant; among all of them, an office's own version stays.
                    self._import(folder, keep_local=options["all"])
            except Refusal as refusal:
                raise CommandError(f"{folder.name}：{refusal.message}") from refusal

    def _list(self) -> None:
        in_force = {pack.name: pack for pack in queries.packs_in_force()}
        self.stdout.write(_("现行标准包："))
        if not in_force:
            self.stdout.write(_("  （还没有导入；运行 gezhi pack import --all）"))
        for pack in in_force.values():
            own = _("（本单位改过）") if pack.is_local else ""
            self.stdout.write(f"  {pack.name}  {pack.version}{own}  {pack.title}")
        waiting = []
        for folder in folders_of_packs(settings.GEZHI_PACKS):
            try:
                content = read_folder(folder)
            except Refusal as refusal:
                waiting.append(f"  {folder.name}  {_('读不了')}：{refusal.message}")
                continue
            held = in_force.get(content.name)
            if held is None or held.version != content.version:
                waiting.append(f"  {content.name}  {content.version}  {content.title}")
        if waiting:
            self.stdout.write(_("packs/ 里还没有导入的："))
            self.stdout.write("\n".join(waiting))

    def _diff(self, diff: PackDiff) -> None:
        if diff.same:
            self.stdout.write(
                _("%(name)s %(version)s：与现行版本相同")
                % {"name": diff.name, "version": diff.version_after}
            )
            return
        self.stdout.write(
            _("%(name)s %(before)s → %(after)s：新增 %(added)s，修改 %(changed)s，去掉 %(removed)s")
            % {
                "name": diff.name,
                "before": diff.version_before or _("（未导入）"),
                "after": diff.version_after,
                "added": diff.count("added"),
                "changed": diff.count("changed"),
                "removed": diff.count("removed"),
            }
        )
        for change in diff.changes[:_SHOWN]:
            self.stdout.write(_line(change))
        if len(diff.changes) > _SHOWN:
            self.stdout.write(_("  还有 %(count)s 处") % {"count": len(diff.changes) - _SHOWN})

    def _import(self, folder: Path, *, keep_local: bool) -> None:
        result = import_pack(folder, by=OPERATOR, keep_local=keep_local)
        words = {
            "imported": _("已导入，共 %(rows)s 行"),
            "restored": _("这一版已在库中，重新启用，共 %(rows)s 行"),
            "unchanged": _("内容没有变化，未改动"),
            "completed": _("本单位改过，仍用它，只补上新版本要用的行"),
            "kept": _("本单位改过，仍用这一版；一定要换，请单独写这个包的名称导入"),
        }[result.outcome] % {"rows": result.rows}
        self.stdout.write(f"{result.name} {result.version}：{words}")


def _line(change: Change) -> str:
    fields = f"（{'、'.join(change.fields)}）" if change.fields else ""
    kind = _KINDS[change.kind]
    return f"  {kind} {change.dictionary} {change.code} {change.name}{fields}"


def _chosen(pack: str | None, everything: bool) -> tuple[Path, ...]:
    """The folders a command names; CommandError tells what there is instead."""
    home: Path = settings.GEZHI_PACKS
    found = folders_of_packs(home)
    if everything == bool(pack):
        raise CommandError(_("请写一个标准包的名称或文件夹，或写 --all"))
    if everything:
        if not found:
            raise CommandError(_("packs/ 里没有标准包"))
        return found
    for folder in (home / str(pack), Path(str(pack))):
        if (folder / "pack.toml").is_file():
            return (folder,)
    names = "、".join(folder.name for folder in found) or _("（空）")
    raise CommandError(
        _("没有标准包 %(pack)s；packs/ 里有：%(names)s") % {"pack": pack, "names": names}
    )
