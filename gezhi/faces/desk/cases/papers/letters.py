"""What a reporter is told on paper: 告知书, 不予受理告知书. The sentences are the office's own (`packs/papers`)."""

from django.utils.translation import gettext as _

from gezhi.faces.desk.cases.about import matter
from gezhi.faces.desk.cases.papers.kinds import Asked, reporter_of
from gezhi.faces.desk.cases.papers.parts import lead_of, long_day, sheet, until
from gezhi.faces.paper.description import Closing, Paper, Part, Words
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.kernel.digits import report_number
from gezhi.records.places import queries as places
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.queries.detail import ReportLine, StepLine
from gezhi.work.cases.rules import Deed, State

LETTERS = "paper_letters"
_DONE = (Deed.FINISH, Deed.HANDLE_ON_THE_SPOT, Deed.ANSWER)
_ENDED = (State.CLOSED, State.ARCHIVED)


def can_be_told(page: CasePage) -> bool:
    """Whether it was accepted, and there is somebody to tell."""
    told = page.case.state not in (State.REPORTED, State.VERIFYING, State.REJECTED, State.MERGED)
    return told and bool(page.reports)


def was_rejected(page: CasePage) -> bool:
    """Whether it was not admitted."""
    return page.case.state == State.REJECTED and bool(page.reports)


def notice(asked: Asked) -> Paper:
    """告知书: accepted, by whom and until when, or that this was not kept; after the end what was done."""
    page, report = asked.page, reporter_of(asked.page)
    slots = _slots(asked, report)
    if page.case.state in _ENDED:
        done = _last(page, *_DONE)
        paragraphs = [
            _letter("ended", slots),
            *(line for line in (done.words if done else "").split("\n") if line.strip()),
            _letter("again", slots),
        ]
    else:
        # A day that has passed is owned up to, never promised.
        said = "accepted_late" if report.promised_at < clock.now() else "accepted"
        paragraphs = [_letter(said, slots), _letter("track", slots)]
    return _of(asked, _("告知书"), paragraphs, report)


def rejection(asked: Asked) -> Paper:
    """不予受理告知书: why, and what can be done about it."""
    page, report = asked.page, reporter_of(asked.page)
    step = _last(page, Deed.REJECT)
    term = codes.term("reject_reasons", step.reason_code) if step else None
    reason = str(term.data.get("to_reporter") or term.label) if term else ""
    reason, more = _told_once(reason, step.words if step else "")
    slots = {**_slots(asked, report), "reason": reason}
    paragraphs = [_letter("rejected", slots), *more, _letter("objection", slots)]
    return _of(asked, _("不予受理告知书"), paragraphs, report)


def _told_once(reason: str, words: str) -> tuple[str, list[str]]:
    """The reason, and the paragraphs of the explanation that say more: the form begins with the
    reason's own sentence, which nobody reads twice."""
    bare = reason.rstrip("。")
    paragraphs = [one.strip() for one in words.split("\n") if one.strip()]
    if bare and any(bare in one and not one.startswith(bare) for one in paragraphs):
        # It stands in the middle of what was written: there it is read.
        return _("见下。"), paragraphs
    beyond = [one.removeprefix(bare).lstrip("。，； ") for one in paragraphs]
    return reason, [one for one in beyond if one]


def _of(asked: Asked, title: str, paragraphs: list[str], report: ReportLine) -> Paper:
    name = asked.contact.name if asked.contact else report.name
    parts: list[Part] = [
        Words(paragraphs, to=(_("%(name)s：") % {"name": name}) if name else _("反映人：")),
        Closing(_issuer(asked), long_day(clock.today())),
    ]
    return sheet(asked, title, parts, letter=True)


def _issuer(asked: Asked) -> str:
    """The unit of whoever prints, with the street before it where its name leaves that out."""
    seats, street_id = asked.viewer.seats, asked.page.case.street_id
    unit = seats[0].unit_name if seats else ""
    street = places.names_of([street_id]).get(street_id, "") if street_id else ""
    return unit if unit.startswith(street) else street + unit.removeprefix(_("街道"))


def _last(page: CasePage, *deeds: Deed) -> StepLine | None:
    return next((step for step in reversed(page.steps) if step.deed in deeds), None)


def _slots(asked: Asked, report: ReportLine) -> dict[str, str]:
    page = asked.page
    return {
        "day": long_day(clock.local(report.received_at).date()),
        "number": report_number(report.number),
        "matter": matter(page).rstrip("，。； "),
        # What no unit was given, the office that writes answered itself.
        "unit": lead_of(page) or _issuer(asked),
        "due": until(report.promised_at),
    }


def _letter(code: str, slots: dict[str, str]) -> str:
    """A sentence of the pack with its slots filled; an unknown slot stays for a pen."""
    term = codes.term(LETTERS, code)
    return str(term.data.get("text", "")).format_map(_Blank(slots)) if term else ""


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "＿＿＿＿＿＿"
