"""What a viewer sees of the cases that a roll call or the log names: number and words, or neither."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef
from django.utils.translation import gettext as _

from gezhi.kernel.rights import Right
from gezhi.kernel.scope import asked_of_each
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.models import Case, Report
from gezhi.work.cases.queries import visible_to
from gezhi.work.cases.queries.visible import known_to_exist, worded_to


@dataclass(frozen=True, slots=True)
class Shown:
    """One case as far as the viewer sees it.

    Without its words `instead` says why there are none. `is_known`: that it is and who sees to it
    is no secret to the viewer.
    """

    number: str
    words: str
    instead: str
    is_known: bool


def shown_of(viewer: Viewer, cases: Iterable[Case], *, on_paper: bool = False) -> dict[int, Shown]:
    """By id, each of these cases; in three statements, however many they are.

    The words stand in the report alone that opened the case: what is kept from the viewer, or was
    erased, since the emergency heard it is not read here either. A paper goes from hand to hand: on
    it a confidential case has neither number nor words nor names, whoever takes it along.
    """
    every = {case.pk: case for case in cases}
    if not every:
        return {}
    seen = set(visible_to(viewer).filter(pk__in=every).values_list("pk", flat=True))
    said = _said_to(viewer, seen)
    hidden = every.keys() - seen
    known = set(seen)
    if hidden and viewer.may(Right.OVERSEE):
        known |= set(known_to_exist(viewer).filter(pk__in=hidden).values_list("pk", flat=True))
    found = {}
    for pk, case in every.items():
        instead = _instead(case, is_known=pk in known)
        if on_paper and case.is_restricted:
            found[pk] = Shown(number="", words="", instead=instead, is_known=False)
            continue
        found[pk] = Shown(
            number=case.number if pk in seen else "",
            words=said.get(pk, ""),
            instead="" if pk in said else instead,
            is_known=pk in known,
        )
    return found


def _said_to(viewer: Viewer, case_ids: set[int]) -> dict[int, str]:
    """What was said first of each of these cases, where the case it is told in now is worded to
    the viewer: reports that were merged went with their words."""
    worded = asked_of_each(worded_to(viewer).filter(pk=OuterRef("case")))
    rows = Report.objects.filter(worded, first_case__in=case_ids)
    said: dict[int, str] = {}
    for one in rows.select_related("words").order_by("pk"):
        said.setdefault(one.first_case_id, one.words.text)
    return said


def _instead(case: Case, *, is_known: bool) -> str:
    # To whom it is not known no word tells a confidential case from one of another's.
    if is_known and case.is_restricted:
        return _("保密的事")
    return _("只有经办的人看得到")
