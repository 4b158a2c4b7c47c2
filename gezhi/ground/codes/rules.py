"""What a pack of codes may hold and how two versions of it differ; pure, no database."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from gezhi.kernel.errors import Invalid
from gezhi.kernel.secrets import digest

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,19}")
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.:-]{0,39}")
_LENGTHS = {"title": 100, "source": 300}
_TERM_LENGTHS = {"name": 100, "name_en": 150, "parent_code": 40}
Key = tuple[str, str]
_readers: "dict[str, Callable[[RowOfTerm], object]]" = {}


@dataclass(frozen=True, slots=True)
class RowOfTerm:
    """One row of a dictionary as it stands in a pack's file."""

    dictionary: str
    code: str
    name: str
    name_en: str = ""
    parent_code: str = ""
    order: int = 0
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """Its dictionary and code: what it is in every version of a pack."""
        return self.dictionary, self.code

    def content(self) -> dict[str, Any]:
        """Everything that makes this row what it is, as plain data."""
        return {
            "dictionary": self.dictionary,
            "code": self.code,
            "name": self.name,
            "name_en": self.name_en,
            "parent_code": self.parent_code,
            "order": self.order,
            "data": dict(self.data),
        }


@dataclass(frozen=True, slots=True)
class PackContent:
    """A whole pack as read from its folder, not yet imported."""

    name: str
    version: str
    title: str
    source: str
    rows: tuple[RowOfTerm, ...]
    parents: Mapping[str, str] = field(default_factory=dict)
    """The dictionary in which the parents of a dictionary stand, where it is another one."""

    def digest(self) -> str:
        """SM3 over name, version and every row, as hex: equal digests are equal packs."""
        content = {
            "name": self.name,
            "version": self.version,
            "title": self.title,
            "source": self.source,
            "rows": sorted(
                (row.content() for row in self.rows),
                key=lambda row: (row["dictionary"], row["code"]),
            ),
        }
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return digest(text.encode()).hex()

    def dictionaries(self) -> dict[str, int]:
        """Rows of each dictionary, in the order they stand in the pack."""
        counts: dict[str, int] = {}
        for row in self.rows:
            counts[row.dictionary] = counts.get(row.dictionary, 0) + 1
        return counts


@dataclass(frozen=True, slots=True)
class Change:
    """One row that differs between two versions: `kind` is added, removed or changed."""

    kind: str
    dictionary: str
    code: str
    name: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackDiff:
    """What importing a pack would change; `version_before` is empty for a pack never imported."""

    name: str
    version_before: str
    version_after: str
    same: bool
    changes: tuple[Change, ...]

    def count(self, kind: str) -> int:
        """How many rows were added, removed or changed."""
        return sum(change.kind == kind for change in self.changes)


def read_by(dictionary: str, reads: "Callable[[RowOfTerm], object]") -> None:
    """A room above says how it reads the rows of a dictionary: what it cannot read (Invalid) is
    refused with the pack, and not met in the middle of the night."""
    _readers[dictionary] = reads


def validate(content: PackContent) -> None:
    """Refuse (Invalid, with file and code named) a pack that cannot be imported whole.

    Names and codes are plain ASCII, lengths fit the tables, codes are unique in their dictionary,
    every parent stands in its own dictionary (or the one the pack names), no row is its own
    ancestor, and the room that reads a dictionary can read each row of it (`read_by`).
    """
    _validate_head(content)
    by_dictionary: dict[str, dict[str, RowOfTerm]] = {}
    for row in content.rows:
        _check_row(row)
        codes = by_dictionary.setdefault(row.dictionary, {})
        if row.code in codes:
            raise _at(row, _("代码重复"))
        codes[row.code] = row
    for row in content.rows:
        parents = content.parents.get(row.dictionary, row.dictionary)
        if row.parent_code and row.parent_code not in by_dictionary.get(parents, {}):
            raise _at(
                row,
                _("上级代码 %(parent)s 不在字典 %(dictionary)s")
                % {"parent": row.parent_code, "dictionary": parents},
            )
        if parents == row.dictionary:
            _check_no_ring(row, by_dictionary[row.dictionary])
        _refuse_unreadable(row)


def _refuse_unreadable(row: RowOfTerm) -> None:
    reads = _readers.get(row.dictionary)
    if reads is not None:
        try:
            reads(row)
        except Invalid as refusal:
            raise _at(row, str(refusal.message)) from refusal


def _validate_head(content: PackContent) -> None:
    if not _NAME.fullmatch(content.name):
        raise Invalid(_("标准包的 name 用小写字母、数字和连字符，最多 40 个字符"), field="name")
    if not _VERSION.fullmatch(content.version):
        raise Invalid(
            _("标准包的 version 用数字、字母和点，最多 20 个字符，如 2026.1"), field="version"
        )
    if not content.title:
        raise Invalid(_("标准包要有 title（中文名称）"), field="title")
    for name, longest in _LENGTHS.items():
        if len(getattr(content, name)) > longest:
            raise Invalid(
                _("标准包的 %(name)s 超过 %(longest)s 个字") % {"name": name, "longest": longest},
                field=name,
            )


def _check_row(row: RowOfTerm) -> None:
    if not _NAME.fullmatch(row.dictionary):
        raise _at(row, _("字典名用小写字母、数字和下划线"))
    if not _CODE.fullmatch(row.code):
        raise _at(row, _("代码用字母、数字、点和连字符，最多 40 个字符"))
    if not row.name.strip():
        raise _at(row, _("名称是空的"))
    if not 0 <= row.order <= 2_000_000_000:
        raise _at(row, _("顺序是非负整数"))
    for name, longest in _TERM_LENGTHS.items():
        if len(getattr(row, name)) > longest:
            raise _at(row, _("%(name)s 超过 %(longest)s 个字") % {"name": name, "longest": longest})


def _check_no_ring(row: RowOfTerm, codes: Mapping[str, RowOfTerm]) -> None:
    above, seen = row, {row.code}
    while above.parent_code in codes:
        above = codes[above.parent_code]
        if above.code in seen:
            raise _at(row, _("上级代码绕成了圈"))
        seen.add(above.code)


def _at(row: RowOfTerm, words: str) -> Invalid:
    return Invalid(
        _("字典 %(dictionary)s 的 %(code)s：%(words)s")
        % {"dictionary": row.dictionary, "code": row.code or "?", "words": words},
        field=f"{row.dictionary}.{row.code}",
    )


def changed(
    before: Iterable[RowOfTerm], changes: Iterable[RowOfTerm], removed: Iterable[Key]
) -> tuple[RowOfTerm, ...]:
    """The rows with these taken out, then those put in, new or in place of the ones they replace."""
    kept = {row.key: row for row in before}
    for key in removed:
        kept.pop(key, None)
    kept |= {row.key: row for row in changes}
    return tuple(kept.values())


def pairs(
    before: Iterable[RowOfTerm], after: Iterable[RowOfTerm]
) -> list[tuple[RowOfTerm | None, RowOfTerm | None]]:
    """Each row that differs, as it was and as it is; None where it was not or is no more."""
    old = {row.key: row for row in before}
    new = {row.key: row for row in after}
    return [
        (old.get(key), new.get(key))
        for key in dict.fromkeys((*old, *new))
        if (old[key].content() if key in old else None)
        != (new[key].content() if key in new else None)
    ]


def compare(
    content: PackContent, before: Sequence[RowOfTerm], version_before: str, *, same: bool
) -> PackDiff:
    """Row by row, what this pack has that the version in force has not, and the other way."""
    changes = [change for old, new in pairs(before, content.rows) if (change := _change(old, new))]
    changes.sort(key=lambda change: (change.dictionary, change.code, change.kind))
    return PackDiff(content.name, version_before, content.version, same, tuple(changes))


def _change(old: RowOfTerm | None, new: RowOfTerm | None) -> Change | None:
    """What a pair says; None where only an empty field came or went."""
    if old is None or new is None:
        row = old or new
        return Change("removed" if old else "added", *row.key, row.name) if row else None
    left, right = _flat(old), _flat(new)
    fields = tuple(
        name for name in sorted(left.keys() | right.keys()) if left.get(name) != right.get(name)
    )
    return Change("changed", *new.key, new.name, fields) if fields else None


def _flat(row: RowOfTerm) -> dict[str, Any]:
    content = row.content()
    del content["data"]
    return content | dict(row.data)
