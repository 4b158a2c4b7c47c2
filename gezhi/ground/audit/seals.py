"""Seals of rows 封签: what a module writes beside its chain is found when it is changed by hand.

A row that is changed in the course of its life cannot stand in a chain. It carries a `seal`, the
keyed digest of all its columns, made anew by each deed that changes it; the head of its subject
carries the sum of all its rows' seals under a seal of its own, so that a row taken away, added or
put back as it was before is missed as well. Nothing has to be read again for it: a deed adds what
it writes to the sum and takes off what it changes.

What was changed by hand is not sealed again by the next deed: a row that does not fit when it is
read keeps a seal that fits nothing (SPOILED), and so does its head.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import models

from gezhi.ground.audit.rules import fits, keyed, microseconds
from gezhi.kernel import rows

SPOILED = "spoiled"
NOTHING = "0" * 64
_SEAL = "seal"
_MODULUS = 1 << 256

_Column = tuple[str, str, Any, Callable[[Any], Any]]


class SealedRow(models.Model):
    """A row with a seal; write it through `Seals` only."""

    seal = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta:
        abstract = True


def content(row: models.Model) -> dict[str, Any]:
    """What the seal of a row covers: every column, except those that hold their default.

    So a column that is added later with a default fits the rows that were sealed before it.
    """
    found: dict[str, Any] = {"row": row._meta.db_table, "id": row.pk}
    for attribute, name, default, plain in _columns(type(row)):
        value = getattr(row, attribute)
        if value is not None:
            value = plain(value)
        if value != default:
            found[name] = value
    return found


@cache
def _columns(model: type[models.Model]) -> tuple[_Column, ...]:
    columns = []
    for field in model._meta.local_concrete_fields:
        if field.primary_key or field.name == _SEAL:
            continue
        plain: Callable[[Any], Any] = str
        if isinstance(field, models.DateTimeField):
            plain = microseconds
        elif isinstance(field, models.ForeignKey | models.IntegerField):
            plain = int
        elif isinstance(field, models.FloatField):
            plain = float
        elif isinstance(field, models.BooleanField):
            plain = bool
        columns.append((field.attname, field.column or field.name, field.get_default(), plain))
    return tuple(columns)


def seal_of(row: models.Model) -> str:
    """The keyed digest of the row as it stands in memory."""
    return keyed(content(row))


def is_whole(row: SealedRow) -> bool:
    """Whether the row, as it was read, is what was sealed."""
    return fits(content(row), row.seal)


def added(total: str, moved: int) -> str:
    """A sum of seals (64 hex signs; "" is nothing) moved by so much, modulo 2²⁵⁶."""
    return f"{(int(total or '0', 16) + moved) % _MODULUS:064x}"


def summand(seal: str) -> int:
    """What a seal counts in a sum; one that is none counts nothing."""
    try:
        return int(seal, 16) if len(seal) == len(NOTHING) else 0
    except ValueError:
        return 0


class Seals:
    """What one deed does to the sealed rows of one subject; handed to its head at the end."""

    def __init__(self) -> None:
        self.moved = 0
        self._read: dict[int, bool] = {}

    def insert(self, row: SealedRow) -> None:
        """Seal a new row and write it (`rows.insert`)."""
        self.take(row, seal_of(row))
        rows.insert(row)

    def watch(self, row: SealedRow) -> None:
        """Note whether the row is whole: while it is as it was read, before anything is set."""
        self._read[id(row)] = not row.seal or is_whole(row)

    def settle(self, row: SealedRow) -> None:
        """Seal a watched row anew once everything is set; the caller saves it with its seal."""
        self.release(row)
        self.take(row, seal_of(row) if self._read.pop(id(row)) else SPOILED)

    def change(self, row: SealedRow, **values: Any) -> None:
        """Set these fields of a row just read, seal it anew and save both."""
        self._set(row, values)
        rows.change(row, [*values, _SEAL])

    def change_all(self, changed: Sequence[SealedRow], **values: Any) -> None:
        """`change` for many rows of one table, saved together."""
        for row in changed:
            self._set(row, values)
        rows.change_each(changed, [*values, _SEAL])

    def _set(self, row: SealedRow, values: Mapping[str, Any]) -> None:
        self.watch(row)
        for name, value in values.items():
            setattr(row, name, value)
        self.settle(row)

    def take(self, row: SealedRow, seal: str) -> None:
        """Count a row with this seal to the subject: written, or come from another subject."""
        row.seal = seal
        self.moved += summand(seal)

    def release(self, row: SealedRow) -> None:
        """Count a row off: deleted, or gone to another subject."""
        self.moved -= summand(row.seal)
