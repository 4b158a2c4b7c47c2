"""The papers about a case: which there are, and each on the screen, as PDF and as Word."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk.cases.papers import PAPERS, Asked, CasePaper
from gezhi.faces.desk.cases.papers.kinds import reporter_of
from gezhi.faces.paper.printing import Printing, answer
from gezhi.faces.shell import moments
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions
from gezhi.work.cases import queries as cases
from gezhi.work.cases.actions.reveal import OpenContact
from gezhi.work.cases.queries import CasePage


@dataclass(frozen=True, slots=True)
class PaperLink:
    """A paper of a case, and its page."""

    name: str
    url: str


def papers_of(viewer: Viewer, page: CasePage) -> list[PaperLink]:
    """The papers this case has for the viewer, in the order in which one comes to need them."""
    return [
        PaperLink(_(one.name), reverse("desk:paper", args=[page.case.number, one.code]))
        for one in PAPERS.values()
        if _is_for(viewer, one) and one.fits(page)
    ]


@require_http_methods(["GET", "POST"])
@staff_only()
@moments.on_paper()
def paper(request: HttpRequest, number: str, paper: str) -> HttpResponse:
    """One paper; Unseen for a case the viewer has not, a paper the case has not, and of a paper that
    names the reporter for whoever may not open the contact.

    Name and phone stand masked on the screen; what is taken along has them, and the trail has who
    opened them for which paper.
    """
    viewer = viewer_in(request)
    kind = PAPERS.get(paper)
    page = cases.case_page(viewer, number)
    if kind is None or not _is_for(viewer, kind):
        raise Unseen(_("没有这样的单子"))
    if not kind.fits(page):
        raise Unseen(_(kind.absent))
    case_url = reverse("desk:case", args=[number])
    url = request.build_absolute_uri(reverse("resident:track") if kind.letter else case_url)

    def described(contact: OpenContact | None = None) -> Printing:
        return Printing(
            paper=kind.describe(Asked(page, viewer, url, contact)),
            code=kind.code,
            subject_kind="case",
            subject_id=page.case.pk,
            back_url=case_url,
            back_words=_("回这件事"),
            purpose=_(kind.purpose),
        )

    opens = kind.names_reporter and reporter_of(page).has_contact
    return answer(
        request,
        described(),
        leaving=lambda said: described(_opened(viewer, page, said)) if opens else None,
    )


def _is_for(viewer: Viewer, kind: CasePaper) -> bool:
    return not kind.names_reporter or viewer.may(Right.SEE_CONTACT)


def _opened(viewer: Viewer, page: CasePage, purpose: str) -> OpenContact:
    return actions.reveal_contact(
        report_id=reporter_of(page).report_id, by=viewer, purpose="other", words=purpose
    )
