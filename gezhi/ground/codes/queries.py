"""Looking up codes: names, limits and figures of the packs in force, or of a case's own pack.

Public look-ups, so no viewer is asked for. A pack version never changes once imported, so its
terms are read once a process; which versions are in force is asked once a request (one small
SELECT), or at every call outside a request unless the caller wraps itself in `steady`.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.signals import request_finished, request_started
from django.db.models import QuerySet
from django.utils.translation import get_language

from gezhi.ground.codes.models import Enactment, Pack, Term
from gezhi.kernel import clock, prepared
from gezhi.kernel.workdays import Calendar, Limit, LimitUnit, notices_from


@dataclass(frozen=True, slots=True)
class PackRow:
    """One imported version of a pack."""

    id: int
    name: str
    version: str
    title: str
    since: datetime | None = None
    """From when on it is in force."""
    is_local: bool = False
    """Whether the office changed it, rather than imported it."""


@dataclass(frozen=True, slots=True)
class TermRow:
    """One row of a dictionary; `data` holds what only this kind of row has."""

    dictionary: str
    code: str
    name: str
    name_en: str
    parent_code: str
    order: int
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The name in the reader's language: English where there is one, Chinese otherwise."""
        if self.name_en and (get_language() or "").startswith("en"):
            return self.name_en
        return self.name


@dataclass(frozen=True, slots=True)
class _Shelf:
    """One pack's, or all packs' in force, dictionaries with their codes."""

    rows: Mapping[str, tuple[TermRow, ...]]
    codes: Mapping[str, Mapping[str, TermRow]]


class _Scope(threading.local):
    """How far this thread may trust what it read last: inside a request or a steady block."""

    depth = 0
    packs: tuple[PackRow, ...] | None = None


_scope = _Scope()
_shelves: dict[tuple[int, ...], _Shelf] = {}
_calendars: dict[int, Calendar] = {}
_NO_NOTICES = Calendar({})
_EMPTY: Mapping[str, TermRow] = MappingProxyType({})


def _begin(**_: Any) -> None:
    _scope.depth, _scope.packs = 1, None


def _end(**_: Any) -> None:
    _scope.depth, _scope.packs = 0, None


request_started.connect(_begin, dispatch_uid="codes.begin")
request_finished.connect(_end, dispatch_uid="codes.end")


@contextmanager
def steady() -> Iterator[None]:
    """Ask which packs are in force only once inside the block: for long plots and single tasks."""
    _scope.depth += 1
    try:
        yield
    finally:
        _scope.depth = max(0, _scope.depth - 1)
        if not _scope.depth:
            _scope.packs = None


def forget() -> None:
    """Make this thread ask again which packs are in force; called after an import."""
    _scope.packs = None


def packs_in_force() -> tuple[PackRow, ...]:
    """The pack versions new cases use, by name."""
    if _scope.depth and _scope.packs is not None:
        return _scope.packs
    found = tuple(
        PackRow(pack_id, name, version, title, since, made_from is not None)
        for pack_id, name, version, title, since, made_from in prepared.ask(_packs)
    )
    if _scope.depth:
        _scope.packs = found
    return found


def _packs() -> QuerySet[Pack, tuple[Any, ...]]:
    columns = ("id", "name", "version", "title", "in_force_since", "made_from_id")
    return Pack.objects.filter(in_force=True).order_by("name").values_list(*columns)


def shape_of_packs() -> prepared.Fixed:
    """Which packs are in force, for a prepared statement that reads a figure or a limit of them."""
    return prepared.Fixed(tuple(pack.id for pack in packs_in_force()))


def names_of_packs(pack_ids: Iterable[int]) -> dict[int, str]:
    """Title and version by id, versions no longer in force too."""
    rows = Pack.objects.filter(pk__in=set(pack_ids)).values_list("id", "title", "version")
    return {pk: f"{title} {version}" for pk, title, version in rows}


def pack_in_force(name: str) -> PackRow | None:
    """The version of this pack that new cases use; None when it was never imported."""
    return next((pack for pack in packs_in_force() if pack.name == name), None)


def pack_holding(dictionary: str) -> PackRow | None:
    """The first pack in force that holds rows of this dictionary (a case keeps its id)."""
    for pack in packs_in_force():
        if dictionary in _shelf((pack.id,)).rows:
            return pack
    return None


def terms(dictionary: str, *, pack_id: int | None = None) -> tuple[TermRow, ...]:
    """The rows of a dictionary in order; empty when nobody holds it.

    With `pack_id`, that version's rows, so that an old case keeps its names; a dictionary the
    version does not hold is read from the packs in force.
    """
    return _shelf_for(dictionary, pack_id).rows.get(dictionary, ())


def term(dictionary: str, code: str, *, pack_id: int | None = None) -> TermRow | None:
    """One row by its code, or None; which version is looked in as with `terms`."""
    return _shelf_for(dictionary, pack_id).codes.get(dictionary, _EMPTY).get(code)


def _shelf_for(dictionary: str, pack_id: int | None) -> _Shelf:
    if pack_id is not None:
        shelf = _shelf((pack_id,))
        if dictionary in shelf.rows:
            return shelf
    return _shelf(tuple(pack.id for pack in packs_in_force()))


def _shelf(pack_ids: tuple[int, ...]) -> _Shelf:
    shelf = _shelves.get(pack_ids)
    if shelf is None:
        shelf = _read(pack_ids) if len(pack_ids) == 1 else _joined(pack_ids)
        if len(_shelves) > 64:  # versions pile up in years, never in a request
            _shelves.clear()
        if shelf.rows:
            _shelves[pack_ids] = shelf
    return shelf


def _read(pack_ids: tuple[int, ...]) -> _Shelf:
    return _arranged(
        TermRow(dictionary, code, name, name_en, parent, order, MappingProxyType(data))
        for dictionary, code, name, name_en, parent, order, data in Term.objects.filter(
            pack_id__in=pack_ids
        ).values_list("dictionary", "code", "name", "name_en", "parent_code", "order", "data")
    )


def _joined(pack_ids: tuple[int, ...]) -> _Shelf:
    return _arranged(
        row for pack_id in pack_ids for rows in _shelf((pack_id,)).rows.values() for row in rows
    )


def _arranged(rows: Iterable[TermRow]) -> _Shelf:
    found: dict[str, list[TermRow]] = {}
    for row in rows:
        found.setdefault(row.dictionary, []).append(row)
    for held in found.values():
        held.sort(key=lambda row: (row.order, row.code))
    return _Shelf(
        {name: tuple(held) for name, held in found.items()},
        {name: {row.code: row for row in held} for name, held in found.items()},
    )


def calendar() -> Calendar:
    """The working days of the calendar pack in force.

    Without one every limit in working time is provisional: intake never fails for a calendar.
    """
    pack = pack_holding("calendar_year")
    if pack is None:
        return _NO_NOTICES
    found = _calendars.get(pack.id)
    if found is None:
        found = _calendars[pack.id] = Calendar(
            notices_from(
                _plain(terms("calendar_year", pack_id=pack.id)),
                _plain(terms("calendar_arrangement", pack_id=pack.id)),
            )
        )
    return found


def calendar_version() -> str:
    """The version of the calendar pack in force, kept with every due time; "" when there is none."""
    pack = pack_holding("calendar_year")
    return pack.version if pack else ""


def is_announced(year: int) -> bool:
    """Whether the notice of this year's days off is in the calendar in force."""
    row = term("calendar_year", str(year))
    return row is not None and row.data.get("announced") == "yes"


def unannounced() -> list[int]:
    """Years to come soon whose notice is not in: this one, and the next from November on, when
    the State Council announces it."""
    today = clock.today()
    near = [today.year, *([today.year + 1] if today.month >= 11 else [])]
    return [year for year in near if not is_announced(year)]


def _plain(rows: Iterable[TermRow]) -> list[dict[str, str]]:
    return [{"code": row.code, "parent": row.parent_code, **row.data} for row in rows]


def version_at(dictionary: str, moment: datetime | None) -> int | None:
    """The id of the pack that said what this dictionary's codes mean at a moment.

    None for the packs in force: no moment, or the version in force was so already then. A moment
    before the first version is answered by the first.
    """
    running = pack_holding(dictionary)
    if moment is None or running is None or running.since is None or running.since <= moment:
        return None
    told = Enactment.objects.filter(name=running.name, done_at__isnull=False)
    row = told.filter(from_at__lte=moment).order_by("-from_at", "-id").first()
    row = row or told.order_by("from_at", "id").first()
    return row.pack_id if row else None


def limit(
    name: str,
    *,
    class_code: str = "",
    urgency: str = "ordinary",
    since: datetime | None = None,
    pack_id: int | None = None,
) -> Limit:
    """How long a stage (or the answer promised to a reporter) may take.

    A case keeps what held when it was reported: `since` is that moment, `pack_id` the pack of its
    class; without them the packs in force are asked.

    `name` is verifying, accepting, dispatching, taking, handling, checking, closing or answering.
    Handling asks the class and its parents first, then the general row; a row for this urgency
    (`handling.urgent`) goes before the one for all. Raises ImproperlyConfigured, naming what is
    missing, when the packs in force hold no such row.
    """
    if name == "handling" and class_code and (found := _class_limit(class_code, pack_id)):
        return found
    version = version_at("limits", since)
    row = _limit_row(name, urgency, version)
    if row is None and version is not None:
        # The clock of a stage that the rules of then did not know.
        row = _limit_row(name, urgency, None)
    if row is None:
        raise ImproperlyConfigured(
            f"no limit named {name!r} in the packs in force: import a pack with its row "
            "(gezhi pack import --all)"
        )
    return _limit_of(row.data)


def _limit_row(name: str, urgency: str, version: int | None) -> TermRow | None:
    return term("limits", f"{name}.{urgency}", pack_id=version) or term(
        "limits", name, pack_id=version
    )


def escalation(
    level: str, urgency: str, *, since: datetime | None = None
) -> tuple[str, Limit] | None:
    """How long after its due time a case goes up from a level, with the code of the rule; a row for
    this urgency goes before the one for all. None where the packs have none: it never does."""
    version = version_at("escalations", since)
    for code in (f"{level}.{urgency}", level):
        row = term("escalations", code, pack_id=version)
        if row is not None:
            return code, _limit_of(row.data)
    return None


def figure(name: str) -> float:
    """A number the rules are tuned by, as `reopen_days`; in the unit its name says.

    Raises ImproperlyConfigured when the packs in force hold no such row.
    """
    row = term("figures", name)
    if row is None:
        raise ImproperlyConfigured(
            f"no figure named {name!r} in the packs in force: import a pack with its row "
            "(gezhi pack import --all)"
        )
    return float(row.data["value"])


def _class_limit(class_code: str, pack_id: int | None) -> Limit | None:
    """The limit of the class or of its nearest parent that has one."""
    row = term("matters", class_code, pack_id=pack_id)
    seen = 0
    while row is not None and seen < 8:
        if row.data.get("limit_value"):
            return _limit_of({"value": row.data["limit_value"], "unit": row.data["limit_unit"]})
        row, seen = term("matters", row.parent_code, pack_id=pack_id), seen + 1
    return None


def _limit_of(data: Mapping[str, Any]) -> Limit:
    return Limit(float(data["value"]), LimitUnit(data["unit"]))
