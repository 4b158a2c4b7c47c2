"""Finding a class by words: its name, its family, what its rows say about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from gezhi.faces.desk.cases.limit_words import limit_words
from gezhi.faces.shell.deadlines import words_for
from gezhi.ground.codes import queries as codes
from gezhi.ground.codes.queries import TermRow
from gezhi.kernel import clock
from gezhi.records.units.models import Unit
from gezhi.work.cases import clocks
from gezhi.work.cases.rules import Stage

MOST = 8


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class as it is offered: where it belongs, how long it may take, when it is done.

    `mark` says in words that it is advised, and how sure that is.
    """

    code: str
    name: str
    family: str
    limit: str
    due: str
    standard: str
    mark: str = ""


def find(
    typed: str,
    *,
    unit: Unit | None = None,
    urgency: str = "ordinary",
    since: datetime | None = None,
) -> list[ClassRow]:
    """The classes that fit all the words, best first, at most eight; none for no words.

    A name that is the words goes before one that begins with them, that before one that holds
    them, that before one whose description or code does. Families cannot be chosen.
    """
    parts = typed.split()[:4]
    if not parts:
        return []
    ranked = []
    for place, row in enumerate(leaves()):
        rank = _rank(row, parts)
        if rank is not None:
            ranked.append((rank, len(row.name), place, row))
    ranked.sort(key=lambda found: found[:3])
    return [
        class_row(row, unit=unit, urgency=urgency, since=since) for *_place, row in ranked[:MOST]
    ]


def settled(code: str, typed: str) -> tuple[str, str]:
    """The chosen class, or the only one the words find; else "" and what is to be done."""
    if code or not typed:
        return code, "" if code else _("请选一个最接近的类别")
    found = find(typed)
    exact = [row for row in found if typed in (row.code, row.name)]
    if len(exact or found) == 1:
        return (exact or found)[0].code, ""
    return "", _("有几个类别都像，请点选一个") if found else _("没有找到这个类别，换个词再找")


def leaves() -> Sequence[TermRow]:
    """The classes a case can have: those that are no family of others."""
    rows = codes.terms("matters")
    parents = {row.parent_code for row in rows}
    return [row for row in rows if row.code not in parents]


def _rank(row: TermRow, parts: list[str]) -> int | None:
    told = " ".join(str(value) for value in row.data.values() if isinstance(value, str))
    family = family_of(row)
    worst = 0
    for part in parts:
        if part in (row.name, row.code):
            rank = 0
        elif row.name.startswith(part):
            rank = 1
        elif part in row.name:
            rank = 2
        elif part in family or row.code.startswith(part):
            rank = 3
        elif part in told:
            rank = 4
        else:
            return None
        worst = max(worst, rank)
    return worst


def family_of(row: TermRow) -> str:
    """The names above it: "市容环境 / 环境卫生"."""
    names: list[str] = []
    parent = codes.term("matters", row.parent_code) if row.parent_code else None
    while parent is not None and len(names) < 4:
        names.insert(0, parent.label)
        parent = codes.term("matters", parent.parent_code) if parent.parent_code else None
    return " / ".join(names)


def by_code(
    code: str,
    *,
    unit: Unit | None = None,
    urgency: str = "ordinary",
    since: datetime | None = None,
) -> ClassRow | None:
    """One class that can be chosen, or None."""
    row = codes.term("matters", code) if code else None
    if row is None or row.code not in {leaf.code for leaf in leaves()}:
        return None
    return class_row(row, unit=unit, urgency=urgency, since=since)


def class_row(
    row: TermRow, *, unit: Unit | None, urgency: str, since: datetime | None = None
) -> ClassRow:
    """The row with the limit of its handling, and when that would end if sent now; `since` is when
    the case was reported, for it keeps the limits of that moment."""
    limit = codes.limit("handling", class_code=row.code, urgency=urgency, since=since)
    due = ""
    if unit is not None:
        begun = clock.now()
        reckoned = clocks.due_of(
            Stage.HANDLING,
            unit=unit,
            start=begun,
            class_code=row.code,
            urgency=urgency,
            since=since,
        )
        due = words_for("handling", reckoned.moment)
    return ClassRow(
        code=row.code,
        name=row.label,
        family=family_of(row),
        limit=limit_words(limit),
        due=due,
        standard=str(row.data.get("closing", "")),
    )
