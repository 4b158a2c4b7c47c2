"""gezhi divide: a proposal of grids from a file of buildings, without a database."""

import json
import os
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from gezhi.faces.terminal.divide_words import note_in_words, reason_in_words, refusal_in_words
from gezhi.ground.sheets import commas
from gezhi.methods import divide

_MAX_BYTES = 400_000_000


class Command(BaseCommand):
    """Reads units, proposes grids, writes polygons, a table of atoms and measures."""

    help = "划格：读入楼栋或单元（GeoJSON 点或面），提出网格方案"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, help="楼栋或单元，GeoJSON")
        parser.add_argument("target_file", metavar="OUT", type=Path, help="网格，GeoJSON")
        parser.add_argument("--roads", type=Path, help="道路（线；class 或 highway 为等级）")
        parser.add_argument("--barriers", type=Path, help="河流、铁路、围墙（线或面），网格不跨越")
        parser.add_argument("--communities", type=Path, help="社区边界（面；community 或 name）")
        parser.add_argument("--weight", default="households", help="按哪一项计数，默认 households")
        parser.add_argument("--target", type=int, default=300, help="每格目标，默认 300")
        parser.add_argument("--min", type=int, default=200, help="每格下限，默认 200")
        parser.add_argument("--max", type=int, default=400, help="每格上限，默认 400")
        parser.add_argument(
            "--proposal",
            choices=divide.PROPOSALS,
            default="compact",
            help="compact 最紧凑（默认），even 最均衡，today 最接近现状（需要属性 grid）",
        )
        parser.add_argument("--seed", type=int, default=0, help="同一种子得同一方案，默认 0")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.perf_counter()
        try:
            units, outcome = _worked_out(options)
        except divide.Refused as refused:
            raise CommandError(refusal_in_words(refused)) from refused
        measures = outcome.measures()
        measures["seconds"] = round(time.perf_counter() - began, 3)
        measures["rules"] = {name: options[name] for name in ("weight", "target", "min", "max")}
        measures["proposal"], measures["seed"] = options["proposal"], options["seed"]
        _write(options["target_file"], units, outcome, measures, options["weight"])
        self._tell(options["target_file"], outcome, measures)

    def _tell(self, target: Path, outcome: divide.Outcome, measures: dict[str, Any]) -> None:
        for name, facts in outcome.notes:
            self.stderr.write(_("注意：") + note_in_words(name, facts))
        for reason in outcome.division.certificates:
            self.stderr.write(_("做不到：") + reason_in_words(reason))
        if not outcome.division.proved:
            self.stderr.write(_("有网格超出上下限，未能找到方案，也未能证明不存在方案。"))
        self.stdout.write(
            _("%(grids)d 个网格，%(outside)d 个超出上下限，用时 %(seconds).1f 秒：%(path)s")
            % {**measures, "path": target.name}
        )


def _worked_out(options: dict[str, Any]) -> tuple[divide.Units, divide.Outcome]:
    rules = divide.Rules(options["target"], options["min"], options["max"])
    units = divide.read_units(_loaded(options["source"]), options["weight"])
    roads: dict[str, list[BaseGeometry]] = {}
    barriers: list[BaseGeometry] = []
    borders: list[BaseGeometry] = []
    names: list[str] = []
    notes: list[tuple[str, dict[str, Any]]] = []
    systems = [units.geographic]
    if options["roads"]:
        roads, system, notes = divide.read_roads(_loaded(options["roads"]))
        systems.append(system)
    if options["barriers"]:
        barriers, system = divide.read_barriers(_loaded(options["barriers"]))
        systems.append(system)
    if options["communities"]:
        borders, names, system = divide.read_communities(_loaded(options["communities"]))
        systems.append(system)
    outcome = divide.divide_units(
        units,
        rules,
        communities=borders,
        names=names,
        roads=roads,
        barriers=barriers,
        geographic=divide.one_system(*systems),
        proposal=options["proposal"],
        seed=options["seed"],
        extra_notes=notes,
    )
    return units, outcome


def _loaded(path: Path) -> Any:
    """The JSON of a file; says plainly what is wrong with it."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise CommandError(_("文件超过 400 MB：%s") % path.name)
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CommandError(_("读不了文件：%s") % path.name) from error
    except UnicodeDecodeError as error:
        raise CommandError(_("文件不是 UTF-8 编码：%s") % path.name) from error
    if not text.strip():
        raise CommandError(_("文件是空的：%s") % path.name)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CommandError(_("文件不是 GeoJSON：%s") % path.name) from error


def _write(
    target: Path,
    units: divide.Units,
    outcome: divide.Outcome,
    measures: dict[str, Any],
    weight: str,
) -> None:
    """Three files, each whole or not there: they are written aside and moved last."""
    atoms = [(atom, grid + 1) for atom, grid in enumerate(outcome.grid.tolist())]
    told = json.dumps(measures, ensure_ascii=False, indent=1)
    contents = {
        target: json.dumps(_collection(units, outcome, weight), ensure_ascii=False).encode(),
        target.with_suffix(".atoms.csv"): commas.content([("atom", "grid"), *atoms]),
        target.with_suffix(".measures.json"): told.encode(),
    }
    aside = {path: path.with_name(path.name + ".part") for path in contents}
    try:
        for path, content in contents.items():
            aside[path].write_bytes(content)
        for path in contents:
            os.replace(aside[path], path)
    except OSError as error:
        raise CommandError(_("写不了文件：%s") % target.name) from error
    finally:
        for path in aside.values():
            path.unlink(missing_ok=True)


def _collection(units: divide.Units, outcome: divide.Outcome, weight: str) -> dict[str, Any]:
    sums = {"households": units.households, weight: units.load}
    if units.people is not None:
        sums["people"] = units.people
    features = []
    for number, polygon in enumerate(outcome.polygons):
        inside = outcome.grid == number
        words: dict[str, Any] = {"grid": number + 1, "community": outcome.community[number]}
        words |= {name: int(values[inside].sum()) for name, values in sums.items()}
        words["atoms"] = int(inside.sum())
        features.append({"type": "Feature", "properties": words, "geometry": mapping(polygon)})
    return {"type": "FeatureCollection", "features": features}
