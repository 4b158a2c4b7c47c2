"""发群的话: three lines for a group chat about a to-do, the same from the desk and from the phone.

Class, community, until when, and a short link that asks to log in. No reporter's words, no name, no
phone, no door number: a group is not a closed room. Of a confidential case only that there is one.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.shell import terms
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.deadlines import words_for
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.work.cases.models import Case
from gezhi.work.cases.rules import Mark, State
from gezhi.work.invitations import group_texts
from gezhi.work.invitations.group_texts import Told


def words_of(request: HttpRequest, viewer: Viewer, number: str) -> str:
    """The lines for this case; that they were asked for is recorded. Unseen for a case the viewer
    may not see."""
    told = group_texts.ask_for(viewer, number)
    short = reverse("shell:short", args=[group_texts.short_of(told.case.pk)])
    lines = [*_said(told), request.build_absolute_uri(short)]
    return "\n".join(line for line in lines if line)


def _said(told: Told) -> list[str]:
    case = told.case
    if told.is_confidential:
        return [_("【格治】有一件保密的待办，请登录查看")]
    until = words_for(_clock_of(case), case.due_at) if case.due_at is not None else ""
    what = terms.label("matters", case.class_code) if case.class_code else ""
    named = places.names_of([case.community_id]) if case.community_id else {}
    return [
        _("【格治】%(what)s") % {"what": what or _("一件事")},
        named.get(case.community_id or 0, ""),
        until,
    ]


def _clock_of(case: Case) -> str:
    """Whose time runs: of a case that stands still, waits for a ruling, or waits to be closed."""
    for mark in (Mark.HUNG, Mark.DISPUTED):
        if mark in case.all_marks:
            return mark.value
    return "closing" if case.state == State.CHECKING and case.check_passed else case.state


@require_GET
@staff_only()
def short(request: HttpRequest, short: str) -> HttpResponse:
    """From the short link to the case, at the desk or on the phone; Unseen for whoever may not see
    it, as for a link that never was."""
    viewer = viewer_in(request)
    number = group_texts.case_number_of(viewer, short)
    walks = viewer.may(Right.WALK_GRID) and not viewer.seats_for(Right.HANDLE)
    return HttpResponseRedirect(reverse("pocket:case" if walks else "desk:case", args=[number]))
