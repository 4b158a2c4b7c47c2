"""呼叫值班: an urgent case outside working hours calls who is on duty, one after the other.

A step that puts an urgent case into the hand of a unit nobody is at begins a round; each call of it
is a row (`records/posts: Page`), written with its notice in one transaction. Whoever does a deed on
the case answers. At the end of the line the case is stuck, for everybody to see.
"""

from collections.abc import Iterable
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.accounts.models import User
from gezhi.ground.codes import queries as codes
from gezhi.ground.jobs.sweeps import Sweep
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts import actions as calls
from gezhi.records.posts import calling, page_queries, rota_queries
from gezhi.records.posts import queries as posts
from gezhi.records.posts.calling import Callee
from gezhi.records.posts.page_table import Outcome, PageLevel
from gezhi.records.units import queries as units
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.queries.visible import visible_or_asked
from gezhi.work.cases.rules import Deed

SUBJECT: Final = "case"
KIND: Final = "case_page"
PRESSING: Final = frozenset({"urgent", "emergency"})
# Deeds that bring a case to a unit where somebody may have to be woken.
BRINGS: Final = frozenset(
    {Deed.REPORT, Deed.ACCEPT, Deed.DISPATCH, Deed.RETURN, Deed.REOPEN, Deed.LIFT, Deed.HAND_OVER}
)
_ABOVE: Final = (
    (PageLevel.CHIEF, Right.BE_CALLED_AS_CHIEF),
    (PageLevel.LEADER, Right.BE_CALLED_LAST),
)
# For an office whose own version of the figures is older than this one.
_MINUTES_OTHERWISE = 5.0


def is_pressing(case: Case) -> bool:
    """Whether somebody may have to be called about it at night."""
    return case.urgency in PRESSING


def heed(step_id: int) -> None:
    """What a step means for calls: a person's deed answers those that wait; one that brings an
    urgent case to a unit outside its hours begins a round. Safe to run again."""
    step = Step.objects.get(pk=step_id)
    with transaction.atomic():
        case = _locked(step.case_id)
        doer = Viewer(user_id=step.user_id, district_id=step.district_id)
        moved = step.holder_before_id != step.holder_after_id
        if step.user_id is not None or moved or case.ended_at is not None:
            _settle_before(case, step, by=doer if step.user_id is not None else _watchdog(case))
        begun = page_queries.pages_of(SUBJECT, case.pk, step.pk)
        if not begun and _begins(case, step):
            _call_next(case, round=step.pk)


def _settle_before(case: Case, step: Step, *, by: Viewer) -> None:
    """Rounds that began before this step end with it; one that it began itself goes on."""
    if page_queries.running_round(SUBJECT, case.pk) not in (None, step.pk):
        calls.settle(SUBJECT, case.pk, by=by)


def _begins(case: Case, step: Step) -> bool:
    if case.ended_at is not None or case.holder is None or not is_pressing(case):
        return False
    if step.deed not in BRINGS or case.holder_id != step.holder_after_id:
        return False
    # Whoever brought it to their own unit has it in hand already.
    if step.user_id is not None and step.unit_id == case.holder_id:
        return False
    if units.is_at_work(case.holder, clock.now(), codes.calendar()):
        return False
    later = Step.objects.filter(case=case, serial__gt=step.serial, user_id__isnull=False)
    return not later.exists()


def go_on() -> int:
    """Each minute: whoever had the time to answer and did not is followed by the next.

    A case whose whole line was called in vain is refused, and so stands in the list of what is
    stuck until somebody does something about it. Answers how many cases were looked at well.
    """
    with Sweep("page") as each:
        for case_id in page_queries.running(SUBJECT):
            case = Case.objects.get(pk=case_id)
            with each.one("case", case.number, case.district_id):
                if _went_in_vain(case_id):
                    raise Conflict(
                        _("值班的人都叫过了，没有人应答：请马上打电话找人，并在这件事上办一步"),
                        "nobody_answered",
                    )
    return each.done


@transaction.atomic
def call_after(case_id: int) -> None:
    """Call the next at once, where somebody said that they cannot."""
    case = _locked(case_id)
    round_ = page_queries.running_round(SUBJECT, case_id)
    if round_ is not None and case.ended_at is None:
        _call_next(case, round=round_)


@transaction.atomic
def _went_in_vain(case_id: int) -> bool:
    """Go on with the round of a case; True where nobody is left to be called."""
    case = _locked(case_id)
    round_ = page_queries.running_round(SUBJECT, case_id)
    if round_ is None:
        return False
    if case.ended_at is not None:
        calls.settle(SUBJECT, case_id, by=_watchdog(case))
        return False
    last = page_queries.pages_of(SUBJECT, case_id, round_)[-1]
    if last.outcome == Outcome.WAITING:
        if not calling.is_silent(last.called_at, clock.now(), _minutes()):
            return False
        calls.mark_silent(last, by=_watchdog(case))
    return not _call_next(case, round=round_)


def _call_next(case: Case, *, round: int) -> bool:
    """Write the next call of a round; False where nobody is left."""
    pages = page_queries.pages_of(SUBJECT, case.pk, round)
    called = [Callee(page.level, page.unit_id, page.user_id) for page in pages]
    following = calling.after(called, line_of(case))
    for rank, callee in enumerate(following, start=len(pages)):
        calls.call(
            callee,
            subject_kind=SUBJECT,
            subject_id=case.pk,
            subject_number=case.number,
            round=round,
            rank=rank,
            kind=KIND,
            district_id=case.district_id,
            by=_watchdog(case),
        )
    return any(callee.user_id is not None for callee in following)


def line_of(case: Case) -> list[Callee]:
    """Whom to call about a case now, in order: who is on duty in the unit that has it, the duty
    chiefs of the street centre, its leaders; of each level those on duty first, and only whoever may
    see the case: a place is what gives a right, being on duty gives none, so a grid worker is not
    called into the grid of another but the next who may open it is."""
    if case.holder_id is None:
        return []
    centre = units.centre_of(case.district_id, case.street_id)
    on_duty = [line.user_id for line in rota_queries.on_duty([case.holder_id]) if line.user_id]
    awake = {line.user_id for line in rota_queries.on_duty([centre.pk])}
    levels = [(PageLevel.UNIT.value, case.holder_id, _who_may_see(case, on_duty))]
    for level, right in _ABOVE:
        people = posts.users_in(centre.pk, roles_with(right))
        in_order = sorted(people, key=lambda user: user.pk not in awake)
        levels.append((level.value, centre.pk, _who_may_see(case, [one.pk for one in in_order])))
    return calling.line_up(levels)


def _who_may_see(case: Case, user_ids: Iterable[int]) -> list[int]:
    wanted = list(user_ids)
    people = {user.pk: user for user in User.objects.filter(pk__in=wanted)}
    return [
        pk
        for pk in wanted
        if visible_or_asked(posts.viewer_of(people[pk])).filter(pk=case.pk).exists()
    ]


def _minutes() -> float:
    row = codes.term("figures", "page_minutes")
    return float(row.data["value"]) if row is not None else _MINUTES_OTHERWISE


def _watchdog(case: Case) -> Viewer:
    return Viewer.system("watchdog", case.district_id)


def _locked(case_id: int) -> Case:
    rows = Case.objects.select_for_update(of=("self",)).select_related("holder")
    return rows.get(pk=case_id)
