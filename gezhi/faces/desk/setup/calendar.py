"""The year's days off and make-up days, seen as a year."""

from calendar import Calendar as Weeks
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.setup import limits
from gezhi.faces.desk.setup.changing import rows_of
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.parts import Tab
from gezhi.ground.codes import history, queries
from gezhi.ground.codes.holidays import ARRANGEMENT, YEAR, Arrangement, arrangements_of, spoken
from gezhi.ground.codes.rules import RowOfTerm
from gezhi.kernel import clock
from gezhi.kernel.rights import Right

_YEARS_AHEAD = 2


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of the year's view; `mark` is 休, 班 or nothing, `name` the festival."""

    day: date
    mark: str
    name: str
    is_off: bool
    is_today: bool


@require_GET
@staff_only()
def calendar(request: HttpRequest) -> HttpResponse:
    """One year as twelve months, with what its notice says; `?year=2027`, else this year."""
    viewer = viewer_in(request)
    limits.under(request)
    year = _asked_year(request)
    rows = calendar_rows()
    head = queries.term(YEAR, str(year))
    arrangements = arrangements_of(rows, year)
    may_change = viewer.may(Right.SET_UP)
    url = reverse("desk:setup:calendar")
    context = {
        "tabs": limits.tabs(viewer, request.path),
        "years": [
            Tab(_year_words(one), f"{url}?year={one}", None, one == year)
            for one in years_to_choose(recent_of=year)
        ],
        "year": year,
        "head": head,
        "announced": queries.is_announced(year),
        "arrangements": [(one, spoken(one.off_from) if one.off_from else "",
                          spoken(one.off_to) if one.off_to else "",
                          "、".join(spoken(day) for day in one.worked)) for one in arrangements],
        "months": months(year, _of_all_years(rows)),
        "waiting": history.waiting("calendar"),
        "may_change": may_change,
        "unannounced": queries.unannounced(),
    }  # fmt: skip
    return render(request, "desk/setup/calendar.html", context)


def _year_words(year: int) -> str:
    """The year as a tab calls it; one whose notice is due and not in says so."""
    return _("%(year)s（没填）") % {"year": year} if year in queries.unannounced() else str(year)


def months(year: int, told: list[Arrangement]) -> list[tuple[int, list[list[DayCell | None]]]]:
    """The twelve months as weeks from Monday; None for days of other months."""
    off = {day: one.name for one in told for day in one.days}
    worked = {day: one.name for one in told for day in one.worked}
    today = clock.today()

    def cell(day: date) -> DayCell:
        resting = day in off or (day.weekday() >= 5 and day not in worked)
        mark = _("休") if day in off else _("班") if day in worked else ""
        name = off.get(day) or worked.get(day, "")
        return DayCell(day, mark, name, resting, day == today)

    weeks = Weeks()
    return [
        (
            month,
            [
                [cell(day) if day.month == month else None for day in week]
                for week in weeks.monthdatescalendar(year, month)
            ],
        )
        for month in range(1, 13)
    ]


def _of_all_years(rows: list[RowOfTerm]) -> list[Arrangement]:
    """The arrangements of every year: the last days of one may stand in the next one's notice."""
    years = {int(row.parent_code) for row in rows if row.dictionary == ARRANGEMENT}
    return [one for year in sorted(years) for one in arrangements_of(rows, year)]


def calendar_rows() -> list[RowOfTerm]:
    """Every year and arrangement in force, as a pack's rows."""
    return rows_of((*queries.terms(YEAR), *queries.terms(ARRANGEMENT)))


def years_to_choose(*, recent_of: int) -> list[int]:
    """The years to choose from: what the pack has of late, and two ahead."""
    this = clock.today().year
    known = _years_known() | set(range(this, this + _YEARS_AHEAD + 1))
    first = min(this - 2, recent_of)
    return sorted(year for year in known if first <= year <= this + _YEARS_AHEAD)


def _years_known() -> set[int]:
    return {int(row.code) for row in queries.terms(YEAR)}


def _asked_year(request: HttpRequest) -> int:
    asked, this = request.GET.get("year", ""), clock.today().year
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else this
    return year if year in _years_known() | set(years_to_choose(recent_of=this)) else this
