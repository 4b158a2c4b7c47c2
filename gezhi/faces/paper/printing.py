"""One way out for every paper: shown on the screen, then taken along as PDF, as Word, or printed.

Whoever takes it says what for, where it tells of people; it bears the mark, and the trail has it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from gezhi.faces.paper import pdf, word
from gezhi.faces.paper.description import Paper
from gezhi.faces.paper.pdf import NoFont
from gezhi.faces.paper.printed import Printed
from gezhi.faces.shell import qr
from gezhi.faces.shell.forms import PlainForm
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.taking import PurposeForm
from gezhi.ground.audit import actions as audit
from gezhi.ground.sheets.marks import Mark, mark_for, purpose_code, serial_of
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer

PAGE, PDF, WORD = "page", "pdf", "docx"
WAYS = (PDF, WORD, PAGE)
_DRAWN = {PDF: (pdf.drawn, pdf.MEDIA_TYPE), WORD: (word.drawn, word.MEDIA_TYPE)}


@dataclass(frozen=True, slots=True)
class Printing:
    """A paper, what it is about in the trail, and what it is most often taken for: "" for a paper
    that tells of nobody, which no purpose is asked of."""

    paper: Paper
    code: str
    subject_kind: str
    subject_id: int
    back_url: str
    back_words: str
    purpose: str = ""
    choices: PlainForm | None = None
    """What of the paper can be chosen, sent with GET: the page shows it that way, and it leaves so."""
    detail: Mapping[str, object] = field(default_factory=dict)

    @property
    def personal(self) -> bool:
        """Whether it tells of people: name, phone or address."""
        return bool(self.purpose)


def answer(
    request: HttpRequest,
    printing: Printing,
    *,
    leaving: Callable[[str], Printing | None] | None = None,
) -> HttpResponse:
    """GET shows the paper and asks; POST (`way` = pdf, docx, page) lets it out, and is recorded.

    `leaving`, told the purpose, is what leaves where that is more than is shown: with a contact opened.
    A page that was only looked at prints nothing but the sentence that asks for the purpose. 503 in
    words where this machine can set no PDF.
    """
    viewer = viewer_in(request)
    form = PurposeForm(request.POST or None, initial={"purpose": printing.purpose})
    way = request.POST.get("way", PDF)
    if request.method != "POST" or way not in WAYS or (printing.personal and not form.is_valid()):
        status = form.status if request.method == "POST" else 200
        return _shown(request, printing, form=form, status=status)
    if way == PDF and not (fonts := pdf.chosen_fonts()).is_usable:
        # Said before anything is opened for it.
        return _shown(request, printing, form=form, refused=fonts.words, status=NoFont.status)
    mark = mark_for(viewer, form.cleaned_data["purpose"]) if printing.personal else None
    if mark is not None and leaving is not None:
        printing = leaving(mark.purpose) or printing
    printed = _printed(request, printing.paper, mark)
    if way == PAGE:
        _record(viewer, printing, way, mark)
        return _shown(request, printing, printed=printed)
    draw, media_type = _DRAWN[way]
    made = draw(printed)
    _record(viewer, printing, way, mark)
    return file(
        made, media_type, f"{printing.paper.name}-{clock.local(printed.moment):%Y-%m-%d-%H%M}.{way}"
    )


def file(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A paper to be saved or opened; nobody on the way keeps it."""
    response = HttpResponse(content, content_type=media_type)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["Cache-Control"] = "no-store"
    return response


def who_prints(request: HttpRequest) -> str:
    """Unit and name of whoever prints, as a paper states it."""
    viewer = viewer_in(request)
    unit = viewer.seats[0].unit_name if viewer.seats else ""
    name = getattr(request.user, "name", "")
    return " ".join(part for part in (unit, name) if part)


def _printed(request: HttpRequest, paper: Paper, mark: Mark | None) -> Printed:
    if mark is not None:
        return Printed(paper, mark.who, mark.moment, mark)
    return Printed(paper, who_prints(request), clock.now())


def _shown(
    request: HttpRequest,
    printing: Printing,
    *,
    printed: Printed | None = None,
    form: PurposeForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    paper = printing.paper
    context: dict[str, Any] = {
        "paper": paper,
        "parts": [(type(part).__name__.lower(), part) for part in paper.parts],
        "printing": printing,
        "printed": printed,
        "form": form,
        "refused": refused,
        "code": qr.draw(paper.qr) if paper.qr else None,
        "note": _("用途和您的姓名印在纸上，也记进留痕。") if printing.personal else "",
    }
    response = render(request, "paper/page.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _record(viewer: Viewer, printing: Printing, way: str, mark: Mark | None) -> None:
    seat = viewer.seats[0] if viewer.seats else None
    audit.record(
        by=viewer,
        verb="papers.print",
        subject_kind=printing.subject_kind,
        subject_id=printing.subject_id,
        detail={**printing.detail, "paper": printing.code, "way": way, **serial_of(mark)},
        purpose=purpose_code(mark),
        post_id=seat.post_id if seat else None,
        unit_id=seat.unit_id if seat else None,
    )
