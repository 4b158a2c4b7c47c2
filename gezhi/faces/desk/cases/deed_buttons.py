"""The bar of deeds of a case: which can be done, how loud each is, and how wide a bar shows it."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from gezhi.faces.desk.cases.advice import Advice
from gezhi.faces.desk.cases.deeds import ASIDE, ASKED, FORMS, MAIN
from gezhi.faces.desk.queues.lines import with_query
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.rules import Deed, Mark

# Of a button in ems: its sides, the letter on it and the gap behind it; and the one that says 更多.
_ROUND, _MORE, _STEP, _WIDEST = 4, 6, 4, 80


@dataclass(frozen=True, slots=True)
class DeedButton:
    """One deed of the bar: where it leads, the letter that presses it, how loud it is."""

    deed: str
    label: str
    url: str
    letter: str
    kind: str
    direct: bool
    fields: tuple[tuple[str, str], ...] = ()
    # How wide the bar must be to show it, in steps of four ems; the first always stands there.
    needs: int = 0


def buttons(page: CasePage, query: str, advised: Advice | None = None) -> list[DeedButton]:
    """The deeds that can be done now: the main one first, then what was asked for by a day, the notes
    on the side last.

    With advice one press accepts as advised, another opens the form to put it right first.
    """
    possible = [deed for deed in page.deeds if deed in FORMS and _leads_somewhere(deed, page)]
    given = Mark.INVITED in page.case.all_marks
    main = next(
        (deed for deed in MAIN if deed in possible and not (given and deed is Deed.INVITE)), None
    )

    def rank(deed: Deed) -> tuple[bool, bool, bool]:
        return deed is not main, deed not in ASKED, deed in ASIDE

    found = []
    for deed in sorted(possible, key=rank):
        form = FORMS[deed]
        # Where somebody else goes on with it, merging is no more than a note on the side.
        quiet = deed in ASIDE or (main is None and deed is Deed.MERGE)
        kind = "main" if deed is main else "plain" if quiet else ""
        if form.danger and not kind:
            kind = "danger"
        found.append(
            DeedButton(
                deed=deed.value,
                label=str(form.label),
                url=with_query(reverse("desk:deed", args=[page.case.number, deed.value]), query),
                letter=form.letter,
                kind=kind,
                direct=form.direct,
            )
        )
    return _measured(_as_advised(found, advised) if advised and advised.fields else found)


def _leads_somewhere(deed: Deed, page: CasePage) -> bool:
    """Nobody is asked to reach a reporter who left no way to be reached, or to sum up for neighbors
    what none of them is shown."""
    if deed is Deed.SUMMARIZE and page.case.is_restricted:
        return False
    return deed is not Deed.CONTACT or any(report.has_contact for report in page.reports)


def _as_advised(found: list[DeedButton], advised: Advice) -> list[DeedButton]:
    place = next(at for at, one in enumerate(found) if one.deed == Deed.ACCEPT)
    form = found[place]
    found[place : place + 1] = [
        replace(form, label=_("按建议受理"), direct=True, fields=advised.fields),
        replace(form, label=_("改了再受理"), letter="e", kind=""),
    ]
    return found


def _measured(found: list[DeedButton]) -> list[DeedButton]:
    """The buttons with how wide the bar must be for each, so that it is one row at any size of
    text and window: what does not fit stands behind 更多 (`desk/case.css`), without script too."""
    wide = 0
    measured = []
    for place, button in enumerate(found):
        wide += len(button.label) + _ROUND
        is_last = place == len(found) - 1
        needs = wide if is_last else wide + _MORE
        steps = -(-needs // _STEP) * _STEP
        measured.append(replace(button, needs=min(steps, _WIDEST) if place else 0))
    return measured
