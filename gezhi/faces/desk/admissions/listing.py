"""What was asked of communities, newest first, with the clause and who let it in."""

from collections.abc import Set
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.paging import asked_after, export_url, next_url
from gezhi.faces.shell.parts import Tab
from gezhi.ground.accounts.queries import staff_numbers
from gezhi.ground.codes.queries import term
from gezhi.kernel import clock
from gezhi.kernel.paging import cursor_of, row_id_of
from gezhi.kernel.rights import Right
from gezhi.records.duties import queries
from gezhi.records.duties.models import Admission, AdmissionState, ListKind

_SIZE = 50
# A clause of so many signs stands whole in the list.
_SHORT = 40


@dataclass(frozen=True, slots=True)
class AdmissionLine:
    """One asking as the list shows it."""

    row: Admission
    class_name: str
    asked_by: str
    allowed_by: str
    is_over: bool
    """Let in, and the last day is past."""
    may_allow: bool
    short: str
    """The clause in a few words, where it is long; "" where it is short itself."""


@require_GET
@staff_only(Right.HANDLE, Right.OVERSEE)
def admissions(request: HttpRequest) -> HttpResponse:
    """The askings this viewer may read, all or those answered in one way."""
    viewer = viewer_in(request)
    state = state_asked(request)
    rows = queries.admissions(viewer, state)
    if after := asked_after(request):
        rows = rows.filter(pk__lt=row_id_of(after))
    found = list(rows.order_by("-pk")[: _SIZE + 1])
    shown = found[:_SIZE]
    url = reverse("desk:admissions")
    context = {
        "lines": lines_of(shown, queries.allowable(viewer, shown)),
        "tabs": [
            Tab(name, f"{url}?show={value}" if value else url, None, value == state)
            for value, name in (("", _("全部")), *_names())
        ],
        "state": state,
        "export_url": export_url(request, reverse("desk:admissions_export")),
        "may_ask": queries.may_ask(viewer).exists(),
        "next_url": next_url(request, cursor_of(shown[-1].pk) if len(found) > _SIZE else ""),
    }
    return render(request, "desk/admissions/admissions.html", context)


def _names() -> list[tuple[str, str]]:
    order = (AdmissionState.REFUSED, AdmissionState.ALLOWED, AdmissionState.LISTED)
    return [(one.value, str(one.label)) for one in order]


def state_asked(request: HttpRequest) -> str:
    """The answer the list is narrowed to; "" for all of them."""
    state = request.GET.get("show", "")
    return state if state in AdmissionState.values else ""


def lines_of(rows: list[Admission], allowable: Set[int]) -> list[AdmissionLine]:
    """The askings with the names of who asked and who let in."""
    people = staff_numbers(
        {pk for row in rows for pk in (row.asked_by, row.allowed_by) if pk is not None}
    )
    today = clock.today()
    return [
        AdmissionLine(
            row=row,
            class_name=class_name(row.class_code),
            asked_by=people.get(row.asked_by or 0, ("", ""))[1],
            allowed_by=people.get(row.allowed_by or 0, ("", ""))[1],
            is_over=row.allowed_until is not None and row.allowed_until < today,
            may_allow=row.pk in allowable,
            short=_short(row),
        )
        for row in rows
    ]


def _short(row: Admission) -> str:
    if len(row.clause) <= _SHORT:
        return ""
    if row.duty is not None and row.duty.list_kind == ListKind.WITHDRAWN:
        return _("已由上级收回，不得再交给社区")
    return _("社区的清单里没有这一项") if row.duty is None else _("清单内")


def class_name(code: str) -> str:
    """What a class is called; its code where no pack names it."""
    row = term("matters", code)
    return row.label if row else code
