"""A pack on disk: `pack.toml` and one table of rows per dictionary.

`pack.toml` says `name`, `version`, `title`, `source`, and for each table

    [[tables]]
    file = "matters.csv"        # or .json: a list of objects
    dictionary = "matters"
    parents = "families"        # only where a row's parent stands in another dictionary

A table has the columns `code` and `name`, may have `name_en`, `parent` and `order`, and every other
column goes into the row's `data`. In CSV (UTF-8) all of them are text, so that `0102` never turns
into a number, and rows without `order` keep the file's order.
"""

import csv
import io
import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from gezhi.ground.codes.rules import PackContent, RowOfTerm, validate
from gezhi.kernel.errors import Invalid

_LARGEST = 8 * 1024 * 1024
_OWN = frozenset({"code", "name", "name_en", "parent", "order"})


def read_folder(folder: Path) -> PackContent:
    """The whole pack, checked; refuses (Invalid, naming file and row) one that is not whole.

    Refused too: a table the folder has not, a table nobody names, files above 8 MB, links, text
    that is not UTF-8.
    """
    head = _head(folder)
    rows: list[RowOfTerm] = []
    parents: dict[str, str] = {}
    tables = _tables(head)
    for table in tables:
        rows.extend(_rows(table["dictionary"], folder / table["file"]))
        if "parents" in table:
            parents[table["dictionary"]] = table["parents"]
    named = {table["file"] for table in tables}
    for path in sorted(folder.iterdir()):
        if path.suffix in {".csv", ".json"} and path.name not in named:
            raise Invalid(_("pack.toml 没有列出 %(file)s") % {"file": path.name}, field=path.name)
    content = PackContent(
        name=_text(head, "name"),
        version=_text(head, "version"),
        title=_text(head, "title"),
        source=_text(head, "source"),
        rows=tuple(rows),
        parents=parents,
    )
    validate(content)
    return content


def folders_of_packs(home: Path) -> tuple[Path, ...]:
    """Every folder in `home` with a `pack.toml`, by name; empty when `home` is not there."""
    return tuple(sorted(path.parent for path in home.glob("*/pack.toml")))


def _head(folder: Path) -> Mapping[str, Any]:
    path = folder / "pack.toml"
    if not path.is_file():
        raise Invalid(_("%(folder)s 里没有 pack.toml") % {"folder": folder.name}, field="folder")
    try:
        return tomllib.loads(_read(path))
    except tomllib.TOMLDecodeError as error:
        raise Invalid(
            _("pack.toml 写法有误：%(words)s") % {"words": error}, field="pack.toml"
        ) from error


def _text(head: Mapping[str, Any], name: str) -> str:
    value = head.get(name, "")
    if not isinstance(value, str):
        raise Invalid(_("pack.toml 的 %(name)s 应是文字") % {"name": name}, field=name)
    return value.strip()


def _tables(head: Mapping[str, Any]) -> list[dict[str, str]]:
    found = head.get("tables", [])
    for table in found if isinstance(found, list) else [None]:
        if (
            not isinstance(table, dict)
            or not {"file", "dictionary"} <= table.keys()
            or not all(isinstance(value, str) for value in table.values())
        ):
            raise Invalid(_("pack.toml 的每个 [[tables]] 要写 file 和 dictionary"), field="tables")
        if Path(table["file"]).name != table["file"]:
            raise Invalid(_("表要和 pack.toml 放在同一个文件夹"), field="tables")
    return list(found)


def _read(path: Path) -> str:
    if path.is_symlink() or not path.is_file():
        raise Invalid(_("找不到文件 %(file)s") % {"file": path.name}, field=path.name)
    if path.stat().st_size > _LARGEST:
        raise Invalid(_("%(file)s 超过 8 MB") % {"file": path.name}, field=path.name)
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(
            _("%(file)s 不是 UTF-8 文字") % {"file": path.name}, field=path.name
        ) from error


def _rows(dictionary: str, path: Path) -> Iterator[RowOfTerm]:
    found = _json(path) if path.suffix == ".json" else _csv(path)
    for number, row in enumerate(found, start=1):
        yield _row(dictionary, number, row, path)


def _csv(path: Path) -> Iterator[Mapping[str, Any]]:
    reader = csv.DictReader(io.StringIO(_read(path)), strict=True)
    if not {"code", "name"} <= set(reader.fieldnames or ()):
        raise Invalid(_("%(file)s 第一行要有 code 和 name") % {"file": path.name}, field=path.name)
    try:
        for row in reader:
            if None in row or None in row.values():
                raise _wrong(path, reader.line_num, _("列数和第一行不一样"))
            yield {key: value.strip() for key, value in row.items()}
    except csv.Error as error:
        raise _wrong(path, reader.line_num, str(error)) from error


def _json(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        found = json.loads(_read(path))
    except json.JSONDecodeError as error:
        raise _wrong(path, error.lineno, error.msg) from error
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise Invalid(_("%(file)s 应是一列对象") % {"file": path.name}, field=path.name)
    yield from found


def _row(dictionary: str, number: int, row: Mapping[str, Any], path: Path) -> RowOfTerm:
    order = row.get("order") or number
    if isinstance(order, str) and order.isascii() and order.isdigit():
        order = int(order)
    if not isinstance(order, int) or isinstance(order, bool):
        raise _wrong(path, number, _("order 应是整数"))
    return RowOfTerm(
        dictionary=dictionary,
        code=str(row.get("code", "")),
        name=str(row.get("name", "")),
        name_en=str(row.get("name_en", "")),
        parent_code=str(row.get("parent", "")),
        order=order,
        data={key: value for key, value in row.items() if key not in _OWN},
    )


def _wrong(path: Path, line: int, words: str) -> Invalid:
    return Invalid(
        _("%(file)s 第 %(line)s 行：%(words)s") % {"file": path.name, "line": line, "words": words},
        field=path.name,
    )
