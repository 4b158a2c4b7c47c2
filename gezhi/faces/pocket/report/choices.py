"""What the phone offers to tap: classes this grid meets, places of this grid."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gezhi.ground.codes import queries as codes
from gezhi.ground.codes.queries import TermRow
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.work.cases import queries as cases

# What a worker meets every day stands first; the rest is one tap further.
FREQUENT = 8

Group = tuple[str, list[tuple[str, str]]]


def _leaves() -> list[TermRow]:
    """Classes one can report: those that name a case, not a chapter."""
    rows = codes.terms("matters")
    parents = {row.parent_code for row in rows}
    return [row for row in rows if row.code not in parents and row.data.get("public") == "yes"]


def frequent_classes(viewer: Viewer) -> list[tuple[str, str]]:
    """Eight classes: what the own grid met in the last 60 days, then what communities take in.

    Of the latter those written for neighborhoods go before those of the national list.
    """
    leaves = {row.code: row for row in _leaves()}
    met = [code for code in cases.frequent_classes(viewer, most=FREQUENT) if code in leaves]
    community = [row for row in leaves.values() if row.data.get("intake") == "community"]
    community.sort(key=lambda row: row.data.get("standard") != "local")
    wanted = dict.fromkeys([*met, *(row.code for row in community)])
    return [(code, leaves[code].label) for code in list(wanted)[:FREQUENT]]


def all_classes() -> list[Any]:
    """Every class under its chapter, for a list that opens on a tap."""
    rows = codes.terms("matters")
    names = {row.code: row.label for row in rows}
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in _leaves():
        groups.setdefault(names.get(row.parent_code, ""), []).append((row.code, row.label))
    return [("", _("都不是，在这里找")), *groups.items()]


def own_grid(viewer: Viewer) -> int | None:
    """The one grid a worker looks after, where nothing narrower is known of a report; None of
    several."""
    grids = {seat.area_id for seat in viewer.seats_for(Right.WALK_GRID)}
    return grids.pop() if len(grids) == 1 else None


def found_by_words() -> forms.Select:
    """A long list that is narrowed by a few signs, with script; without it, by its chapters."""
    return forms.Select(
        attrs={
            "data-narrow": _("写几个字来找"),
            "data-found": _("找到 {number} 个，点这里选"),
            "data-none": _("没有这样的，换个词"),
        }
    )


def places_of(viewer: Viewer) -> tuple[list[Any], str]:
    """Compounds with their buildings in the worker's own grids, and the one to begin with.

    A grid of one compound begins with it; where there are several the worker chooses.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    alone: list[str] = []
    for seat in viewer.seats_for(Right.WALK_GRID):
        for place_id, words in places.choices_of_grid(seat.area_id):
            compound, _space, building = words.partition(" ")
            if not building:
                alone.append(str(place_id))
            label = words if building else _("%(compound)s（整个）") % {"compound": compound}
            found.setdefault(compound, []).append((str(place_id), label))
    listed: list[Any] = [("", _("选小区或楼栋"))]
    for compound, rows in found.items():
        if len(rows) == 1:
            listed.append((rows[0][0], compound))
        else:
            listed.append((compound, sorted(rows, key=lambda row: row[0] not in alone)))
    return listed, alone[0] if len(found) == 1 and alone else ""
