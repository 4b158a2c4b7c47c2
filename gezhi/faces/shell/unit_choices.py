"""Units to choose from, grouped by kind as every form shows them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from gezhi.records.units.models import Unit, UnitKind


def grouped(
    units: Iterable[Unit],
    first: str,
    *,
    marks: Mapping[int, str] | None = None,
    without: Collection[int] = (),
) -> list[Any]:
    """The units grouped by kind, after an empty first choice; `marks` stand behind names.

    Those `without` which the deed makes no sense are left out.
    """
    marks = marks or {}
    groups: dict[str, list[tuple[str, str]]] = {}
    for unit in units:
        if unit.pk in without:
            continue
        kind = str(UnitKind(unit.kind).label)
        name = f"{unit.name}（{marks[unit.pk]}）" if unit.pk in marks else unit.name
        groups.setdefault(kind, []).append((str(unit.pk), name))
    return [("", first), *groups.items()]
