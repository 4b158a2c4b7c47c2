"""Reading and writing tables of messages: CSV, packed or not, in the encodings offices use."""

import csv
import gzip
import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from gezhi.ground.sheets import commas

_MOST_BYTES = 2_000_000_000
_MOST_OF_A_CELL = 100_000_000
# What the columns are called in files of offices and of others.
NAMES = {
    "subject": ("subject", "标题", "主题", "留言主题"),
    "detail": ("detail", "内容", "详情", "正文", "留言详情", "诉求内容"),
    "label": ("label", "类别", "标签", "分类", "一级标签"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file as they stand in it, and where the columns we know are."""

    header: list[str]
    rows: list[list[str]]
    places: dict[str, int]

    def column(self, name: str) -> Iterator[str]:
        """The cells of a column we know, in order."""
        place = self.places[name]
        return (row[place] for row in self.rows)

    def messages(self) -> list[tuple[str, str]]:
        """(subject, detail) of every row; a file without one of the two has "" there."""
        blank = [""] * len(self.rows)
        found = [
            self.column(name) if name in self.places else blank for name in ("subject", "detail")
        ]
        return list(zip(*found, strict=True))


def read(path: Path, *needed: str) -> Table:
    """The table in a file; CommandError in plain words for whatever is wrong with it.

    UTF-8 (with mark or without), UTF-16 with a mark, else GB18030; `.gz` is unpacked. `subject` or
    `detail` is always needed, `needed` besides.
    """
    text = _decoded(path)
    csv.field_size_limit(_MOST_OF_A_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=False)
    try:
        lines = [(reader.line_num, row) for row in reader if row]
    except csv.Error as error:
        raise CommandError(
            _("%(file)s 第 %(line)d 行不是 CSV：%(why)s")
            % {"file": path.name, "line": reader.line_num, "why": error}
        ) from error
    if not lines:
        raise CommandError(_("文件是空的：%s") % path.name)
    header = [name.strip() for name in lines[0][1]]
    rows = [_fitting(row, len(header), number, path) for number, row in lines[1:]]
    return Table(header, rows, _places(header, needed, path))


def _decoded(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise CommandError(_("文件超过 2 GB：%s") % path.name)
        content = path.read_bytes()
        if content[:2] == b"\x1f\x8b":
            content = gzip.decompress(content)
    except FileNotFoundError as error:
        raise CommandError(_("没有这个文件：%s") % path) from error
    except (OSError, EOFError) as error:
        raise CommandError(_("读不了文件：%s") % path.name) from error
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CommandError(_("文件的编码认不出来：%s；请另存为 UTF-8 或 GB18030 的 CSV") % path.name)


def _fitting(row: list[str], width: int, number: int, path: Path) -> list[str]:
    """The row filled up to the header's width; more cells than columns would shift what is added."""
    if len(row) > width and any(cell.strip() for cell in row[width:]):
        raise CommandError(
            _(
                "%(file)s 第 %(line)d 行有 %(cells)d 格，表头只有 %(columns)d 列；含逗号的内容要加引号"
            )
            % {"file": path.name, "line": number, "cells": len(row), "columns": width}
        )
    return (row + [""] * width)[:width]


def _places(header: list[str], needed: Sequence[str], path: Path) -> dict[str, int]:
    lowered = [name.lower() for name in header]
    found = {
        name: lowered.index(alias)
        for name, aliases in NAMES.items()
        for alias in reversed(aliases)
        if alias in lowered
    }
    lacking = [name for name in needed if name not in found]
    if "subject" not in found and "detail" not in found:
        lacking = ["subject", "detail", *lacking]
    if lacking:
        raise CommandError(
            _("%(file)s 缺少这些列：%(columns)s；现有的列：%(header)s")
            % {
                "file": path.name,
                "columns": "、".join(lacking),
                "header": "、".join(header) or _("（空）"),
            }
        )
    return found


@contextmanager
def writing(path: Path) -> Iterator[commas.Rows]:
    """A CSV writer on a file that is there whole or not at all; `.gz` is packed."""
    aside = path.with_name(path.name + ".part")
    try:
        with commas.opened(aside, packed=path.suffix == ".gz") as rows:
            yield rows
        os.replace(aside, path)
    except OSError as error:
        raise CommandError(_("写不了文件：%s") % path) from error
    finally:
        aside.unlink(missing_ok=True)
