"""The rota of a unit and a month as a sheet: who is on duty when, gaps said."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk.rota.rota import unit_asked
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.duty import day_mark
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.taking import Leaving, leave
from gezhi.ground.sheets.writing import Cell, Column
from gezhi.kernel import clock
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.records.posts import rota_queries as queries
from gezhi.records.posts.rota_words import WEEKDAYS
from gezhi.records.units.models import Unit


@require_http_methods(["GET", "POST"])
@staff_only(Right.READ_ROTA)
def export(request: HttpRequest) -> HttpResponseBase:
    """The month of `?month=2026-12` (or this one) of `?unit=` (or one's own); what for is asked.

    Unseen for whoever reads no rota.
    """
    viewer = viewer_in(request)
    unit = unit_asked(request, queries.readable_units(viewer))
    if unit is None:
        raise Unseen("")
    first = month_in(request.GET.get("month", ""))
    leaving = Leaving(
        name=_("%(unit)s值班表%(month)s") % {"unit": unit.short_name, "month": f"{first:%Y-%m}"},
        columns=[
            *(
                Column(title)
                for title in (
                    _("日期"),
                    _("星期"),
                    _("节假日"),
                    _("从"),
                    _("到"),
                    _("值班"),
                    _("单位"),
                )
            ),
            Column(_("值班人"), personal=True),
            Column(_("空档")),
        ],
        rows=lambda: _rows(unit, first),
        verb="posts.export_rota",
        back_url=f"{reverse('desk:rota')}?unit={unit.pk}",
        detail={"month": f"{first:%Y-%m}", "unit": unit.pk},
    )
    return leave(request, viewer, leaving)


def month_in(text: str) -> date:
    """The first day of the month a text says, "2026-12"; of this month for what says none."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return clock.today().replace(day=1)


def _rows(unit: Unit, first: date) -> Iterator[Sequence[Cell]]:
    following = (first + timedelta(days=31)).replace(day=1)
    for line in queries.shifts_between([unit.pk], first, following):
        yield (
            line.day, str(WEEKDAYS[line.day.weekday()]), day_mark(line.day), line.from_at,
            line.to_at, line.rota_name, unit.name, _("没有人") if line.gap else line.user_name, line.gap,
        )  # fmt: skip
