"""保密事项: for whoever oversees an area, that restricted cases exist; never what they say."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gezhi.kernel import clock
from gezhi.kernel.errors import Invalid, Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.models import Case
from gezhi.work.cases.queries.rows import light_of, with_counts
from gezhi.work.cases.queries.visible import known_to_exist, openable_by
from gezhi.work.cases.rules import ENDED, OPEN, Mark, State

PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A restricted case from outside: number, stage, whose hands, until when.

    No class and no place, which say what it is about; `opens` when the viewer may read it now, in
    hand or by need.
    """

    number: str
    state: str
    check_passed: bool
    holder_name: str
    due_at: datetime | None
    light: str
    reported_at: datetime
    ended_at: datetime | None
    opens: bool
    marks: frozenset[Mark] = frozenset()

    @property
    def shown_state(self) -> str:
        """The state as a desk names it: a passed check waits for closing, not for another check."""
        return "closing" if self.state == State.CHECKING and self.check_passed else self.state


@dataclass(frozen=True, slots=True)
class KeptListing:
    """One page of them; `after` opens the next one, empty at the end."""

    rows: list[KeptRow]
    after: str


def confidential_count(viewer: Viewer) -> int:
    """How many open restricted cases lie in the area the viewer oversees: what the list shows."""
    return known_to_exist(viewer).filter(state__in=OPEN, ended_at=None).count()


def confidential_cases(viewer: Viewer, *, ended: bool = False, after: str = "") -> KeptListing:
    """A page of the open or the ended ones, newest first; refuses (Invalid) what is no page."""
    # By state, as their index is, though the end says it too; what is shown of each is asked of the
    # page alone and not of all that ever were.
    states = ENDED if ended else OPEN
    rows = known_to_exist(viewer).filter(state__in=states, ended_at__isnull=not ended)
    if after:
        if not (after.isascii() and after.isdigit() and len(after) < 20):
            raise Invalid(_("翻页的位置不对，请从第一页重新打开"), field="after")
        rows = rows.filter(pk__lt=int(after))
    newest = rows.order_by("-id").values("pk")[: PAGE_SIZE + 1]
    cases = list(with_counts(Case.objects.filter(pk__in=newest)).order_by("-id"))
    following = str(cases[PAGE_SIZE - 1].pk) if len(cases) > PAGE_SIZE else ""
    return KeptListing(_kept_rows(viewer, cases[:PAGE_SIZE]), following)


def confidential_case(viewer: Viewer, number: str) -> KeptRow:
    """One of them; Unseen for whoever does not oversee it and for an open case alike."""
    rows: QuerySet[Case] = known_to_exist(viewer).filter(number=number)
    found = _kept_rows(viewer, list(with_counts(rows)))
    if not found:
        raise Unseen(_("没有找到这件事"))
    return found[0]


def _kept_rows(viewer: Viewer, cases: list[Case]) -> list[KeptRow]:
    ids = [case.pk for case in cases]
    seen = (
        set(openable_by(viewer).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    )
    now = clock.now()
    return [
        KeptRow(
            number=case.number,
            state=case.state,
            check_passed=case.check_passed,
            holder_name=case.holder.name if case.holder else "",
            due_at=case.due_at,
            light=light_of(
                case.due_at,
                getattr(case, "stage_began_at", None) or case.reported_at,
                now,
                hung=Mark.HUNG in case.all_marks,
            ),
            reported_at=case.reported_at,
            ended_at=case.ended_at,
            opens=case.pk in seen,
            marks=case.all_marks,
        )
        for case in cases
    ]
