"""The crew of an emergency: whom each line of the plan called, and who came."""

from dataclasses import dataclass

from gezhi.kernel.viewer import Viewer
from gezhi.records.posts import page_queries
from gezhi.records.posts.models import Page
from gezhi.records.posts.page_queries import PageLine
from gezhi.records.posts.page_table import Outcome
from gezhi.work.emergency.crew import SUBJECT
from gezhi.work.emergency.models import CrewCall, Emergency


@dataclass(frozen=True, slots=True)
class CrewLine:
    """A line of the crew with its calls; `state` is answered, waiting, nobody, or self: whoever
    switched it on is the only one of it."""

    name: str
    state: str
    calls: list[PageLine]


def crew_of(row: Emergency) -> list[CrewLine]:
    """Each line of the crew with whom it called, in the order of the plan."""
    lines = list(CrewCall.objects.filter(emergency=row))
    pages = page_queries.pages_about_each(SUBJECT, [one.pk for one in lines])
    return [
        CrewLine(one.name, _state(pages.get(one.pk, [])), pages.get(one.pk, [])) for one in lines
    ]


def _state(calls: list[PageLine]) -> str:
    if not calls:
        return "self"
    outcomes = {call.outcome for call in calls}
    if Outcome.ANSWERED in outcomes:
        return "answered"
    return "waiting" if Outcome.WAITING in outcomes else "nobody"


def crew_waiting(viewer: Viewer, row: Emergency) -> int | None:
    """The call of this emergency's crew that waits for the viewer; None where there is none."""
    if viewer.user_id is None:
        return None
    rows = Page.objects.filter(user_id=viewer.user_id, is_over=False, subject_kind=SUBJECT)
    rows = rows.exclude(outcome=Outcome.DECLINED)
    crews = CrewCall.objects.filter(emergency=row).values("pk")
    return rows.filter(subject_id__in=crews).values_list("pk", flat=True).first()
