"""Limits, figures and packs in force: read here, changed by importing a pack."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.shell.access import staff_only
from gezhi.ground.codes import queries
from gezhi.ground.codes.queries import TermRow


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One stage with its limit by urgency, in words."""

    name: str
    note: str
    by_urgency: tuple[tuple[str, str], ...]  # the urgency and the limit


def words_of(row: TermRow | None) -> str:
    """ "4 工作时"; "—" where the pack has no row."""
    if row is None:
        return "—"
    units = {
        "urgent_hours": _("紧急工作时"),
        "working_hours": _("工作时"),
        "working_days": _("工作日"),
        "calendar_days": _("自然日"),
    }
    value, unit = row.data.get("value", ""), str(row.data.get("unit", ""))
    return f"{value} {units.get(unit, unit)}"


@require_GET
@staff_only()
def limits(request: HttpRequest) -> HttpResponse:
    """Every stage's limit, the figures, classes with limits of their own, and from which packs."""
    urgencies = queries.terms("urgency")
    stages = [row for row in queries.terms("limits") if "." not in row.code]
    known = {row.code: row for row in queries.terms("limits")}
    lines = [
        LimitLine(
            name=stage.label,
            note=str(stage.data.get("note", "")),
            by_urgency=tuple(
                (
                    urgency.label,
                    words_of(
                        known.get(stage.code if place == 0 else f"{stage.code}.{urgency.code}")
                    ),
                )
                for place, urgency in enumerate(urgencies)
            ),
        )
        for stage in stages
    ]
    context = {
        "urgencies": urgencies,
        "lines": lines,
        "figures": queries.terms("figures"),
        "packs": queries.packs_in_force(),
    }
    return render(request, "desk/setup/limits.html", context)
