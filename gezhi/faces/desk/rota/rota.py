"""值班表: who is on duty now, this week and the next."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gezhi.faces.desk.rota.week import WEEK, Week, week
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.duty import day_words, monday, own_shifts, own_swaps, shift_words
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel import clock
from gezhi.kernel.ids import typed_id
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts import rota_gaps, shifts
from gezhi.records.posts import rota_queries as queries
from gezhi.records.posts.models import Rota
from gezhi.records.posts.rota_queries import ShiftLine
from gezhi.records.posts.rota_words import TURNS, line_words
from gezhi.records.units import queries as units_queries
from gezhi.records.units.models import Unit

_WEEKS = 2
# Shifts are kept for good; nobody leafs back further than this by weeks.
_BACK = 400


@dataclass(frozen=True, slots=True)
class ShownRota:
    """A rota in words: whose, from when to when, its lines with their people."""

    rota: Rota
    whose: str
    days: str
    lines: list[tuple[str, str, str]]


@require_GET
@staff_only(Right.READ_ROTA)
def rota(request: HttpRequest) -> HttpResponse:
    """The unit's two weeks, its gaps, and what concerns the viewer; `?unit=`, `?week=` choose."""
    viewer = viewer_in(request)
    units = queries.readable_units(viewer)
    unit = unit_asked(request, units)
    context: dict[str, Any] = {"units": units, "unit": unit}
    if unit is not None:
        may_keep = queries.may_keep(viewer, unit.pk)
        first = week_asked(request)
        context |= {
            **weeks_shown(viewer, unit, first),
            "may_keep": may_keep,
            "now": [
                (line, shift_words(line.from_at, line.to_at)) for line in queries.on_duty([unit.pk])
            ],
            "gaps": [
                (gap, shift_words(gap.from_at, gap.to_at)) for gap in rota_gaps.gaps([unit.pk])
            ],
            "other_gaps": _gaps_elsewhere(viewer, unit),
            "rotas": [shown_rota(one) for one in queries.rotas_of(unit, from_day=clock.today())],
            "own": own_shifts(viewer),
            "swaps": own_swaps(viewer),
        }
    return render(request, "desk/rota/rota.html", context)


def _gaps_elsewhere(viewer: Viewer, unit: Unit) -> list[tuple[ShiftLine, str, str]]:
    """The gaps of the other units whose rotas the viewer keeps: each with its unit and when."""
    others = queries.kept_unit_ids(viewer) - {unit.pk}
    gaps = rota_gaps.gaps(others) if others else []
    names = units_queries.names_of(gap.unit_id for gap in gaps)
    return [(gap, names[gap.unit_id], shift_words(gap.from_at, gap.to_at)) for gap in gaps]


def unit_asked(request: HttpRequest, units: list[Unit]) -> Unit | None:
    """The unit in the address where the viewer reads its rotas, else the first they read."""
    asked = typed_id(request.GET.get("unit", ""))
    return next((unit for unit in units if unit.pk == asked), units[0] if units else None)


def week_asked(request: HttpRequest) -> date:
    """The Monday in the address, or of this week."""
    today = clock.today()
    try:
        asked = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        return monday(today)
    return monday(asked) if abs((asked - today).days) <= _BACK else monday(today)


def weeks_shown(viewer: Viewer, unit: Unit, first: date) -> dict[str, Any]:
    """Two weeks of a unit from a Monday on, and the ways to those beside them."""
    end = first + timedelta(days=WEEK * _WEEKS)
    lines = queries.shifts_between([unit.pk], first, end)
    weeks: list[Week] = [
        week(first + timedelta(days=WEEK * number), lines, viewer.user_id)
        for number in range(_WEEKS)
    ]
    this = monday(clock.today())
    return {
        "weeks": weeks,
        "has_shifts": bool(lines),
        # The month most of the two weeks lie in.
        "month": first + timedelta(days=WEEK),
        "query": f"unit={unit.pk}&week={first.isoformat()}",
        "before": _address(unit, first - timedelta(days=WEEK)),
        "after": _address(unit, first + timedelta(days=WEEK))
        if first + timedelta(days=WEEK) < shifts.horizon()
        else "",
        "this_week": "" if first == this else _address(unit, this),
        "is_coming": end > clock.today(),
    }


def _address(unit: Unit, first: date) -> str:
    return f"{reverse('desk:rota')}?unit={unit.pk}&week={first.isoformat()}"


def shown_rota(one: Rota) -> ShownRota:
    """A rota in words, with the names of its people."""
    pattern = shifts.lines_of(one)
    names = queries.names_of_people(person for line in pattern for person in line.people)
    return ShownRota(
        rota=one,
        whose=queries.whose(one.unit, one.role, one.posts),
        days=days_words(one),
        lines=[
            (
                line_words(line),
                "、".join(names.get(person, "—") for person in line.people),
                str(TURNS[line.turn]) if len(line.people) > 1 else "",
            )
            for line in pattern
        ],
    )


def days_words(one: Rota) -> str:
    """From when to when a rota holds."""
    last = one.to_day - timedelta(days=1) if one.to_day is not None else None
    start = day_words(one.from_day)
    return f"{start} – {day_words(last)}" if last is not None else start
