"""The queues of a desk: what waits for this viewer, counted and opened the same way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, prepared, scope
from gezhi.kernel.digits import CASE_DIGITS, REPORT_DIGITS, number_in
from gezhi.kernel.errors import Invalid
from gezhi.kernel.ids import LARGEST
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Role, Viewer
from gezhi.work.cases.asides import marked
from gezhi.work.cases.calling_back import due, unasked
from gezhi.work.cases.models import Case, Report
from gezhi.work.cases.queries.approving import to_approve
from gezhi.work.cases.queries.filters import Filters, narrowing
from gezhi.work.cases.queries.orders import Order, beyond, cursor_in, cursor_of, ordering
from gezhi.work.cases.queries.own_clocks import on_own_clock, own_part, with_own_clock
from gezhi.work.cases.queries.rows import CaseRow, rows_of, with_counts
from gezhi.work.cases.queries.searched import ended_holding, holding
from gezhi.work.cases.queries.unsettled import open_appeals, something_waits
from gezhi.work.cases.queries.visible import (
    newest_ended,
    visible_or_asked,
    visible_to,
    within,
)
from gezhi.work.cases.rules import CALLERS, ENDED, SUPERVISORS, Mark, Sight, State

PAGE_SIZE = 30
EVERY_SIZE = 500
# Queues in which cases stand that are being asked about. In them a worker must not count those they
# are asked about without seeing them; in the others there is none.
_WITH_QUESTIONS = {"verifying", "overdue", "open"}
# Queues in which a case may stand after its end: somebody still has to say that it is settled.
ALSO_ENDED = frozenset({"supervised", "whistled", "appeals"})


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue: for whom, and whether it holds what the viewer's own units hold."""

    name: str
    title: str | Promise
    roles: frozenset[Role]
    own: bool = True
    newest_first: bool = False
    # The part of the viewer's units whose own clock it stands in order of, instead of the case's.
    clock_of: str = ""
    # Ended ones stand in it too: they have no due time to be put in order by, so the oldest is first.
    ended_too: bool = False


_INTAKE = roles_with(Right.TAKE_IN)
_SENDING = roles_with(Right.SEND)
_UNIT = roles_with(Right.HANDLE)
_OVERSEEING = roles_with(Right.SEE_OVERDUE)
_ALL = roles_with(Right.SEE_OPEN)
_APPROVING = roles_with(Right.APPROVE_EXTENSION)
_HANGING = roles_with(Right.SEE_HUNG)

QUEUES: dict[str, Queue] = {
    queue.name: queue
    for queue in (
        Queue("supervised", _("督办中"), _UNIT | SUPERVISORS, own=False, clock_of="supervision"),
        Queue("accepting", _("待受理"), _INTAKE),
        Queue("verifying", _("核实中"), _INTAKE),
        Queue("dispatching", _("待派单"), _SENDING),
        Queue("taking", _("待接单"), _UNIT),
        Queue("handling", _("办理中"), _UNIT),
        Queue("assisting", _("待协办"), _UNIT, own=False, clock_of="assist"),
        Queue("called", _("待报到"), _UNIT, own=False, clock_of="called"),
        Queue("whistled", _("吹哨待评分"), CALLERS, own=False, clock_of="whistle"),
        Queue("spot", _("自行处置待审"), roles_with(Right.ANSWER_FOR_COMMUNITY)),
        Queue("checking", _("待核查"), roles_with(Right.CHECK)),
        Queue("closing", _("待结案"), roles_with(Right.CLOSE)),
        Queue("callback", _("待回访"), roles_with(Right.CALL_BACK), own=False, ended_too=True),
        Queue("ruling", _("待裁决"), roles_with(Right.RULE)),
        Queue("appeals", _("待裁定申诉"), roles_with(Right.DECIDE), own=False, ended_too=True),
        Queue("approving", _("待审批"), _APPROVING, own=False),
        Queue("hung", _("挂账中"), _HANGING, own=False),
        Queue("overdue", _("已超时"), _OVERSEEING, own=False),
        Queue(
            "questions",
            _("待我核实"),
            roles_with(Right.BE_ASKED),
            own=False,
        ),
        Queue("inspections", _("待核查"), roles_with(Right.WALK_GRID), own=False),
        Queue("open", _("全部在办"), _ALL, own=False),
        Queue("ended", _("已办完"), _ALL, own=False, newest_first=True),
    )
}


def queues_for(viewer: Viewer) -> list[Queue]:
    """The queues this viewer has, in the order of a day's work."""
    return [queue for queue in QUEUES.values() if viewer.roles & queue.roles]


def _condition(name: str, now: datetime) -> Q:
    since = now - timedelta(days=codes.figure("reopen_days"))
    # A rating of an earlier round says nothing of the closing after it.
    to_call = due(unasked(), now).filter(case=OuterRef("pk"))
    # Said of each queue although the state says it too: the indexes of queues hold open ones only.
    running = Q(ended_at=None)
    return {
        "supervised": ~Q(marks="") & marked(Mark.SUPERVISED),
        "accepting": running & Q(state=State.REPORTED),
        "verifying": running & Q(state=State.VERIFYING),
        # What waits for a ruling is not the dispatcher's to send.
        "dispatching": running & Q(state=State.ACCEPTED) & ~marked(Mark.DISPUTED),
        "ruling": running & Q(state=State.ACCEPTED) & marked(Mark.DISPUTED),
        "appeals": Q(pk__in=open_appeals()),
        "taking": running & Q(state=State.DISPATCHED),
        "handling": running & Q(state=State.HANDLING) & ~marked(Mark.HUNG),
        "assisting": running & marked(Mark.ASSISTED),
        "called": running & marked(Mark.WHISTLED),
        "whistled": ~Q(marks="") & marked(Mark.WHISTLED),
        "spot": running & Q(state=State.CHECKING, on_the_spot=True, check_passed_at=None),
        "checking": running & Q(state=State.CHECKING, check_passed_at=None),
        "closing": running & Q(state=State.CHECKING, check_passed_at__isnull=False),
        "callback": Q(state=State.CLOSED, ended_at__gt=since) & Q(Exists(to_call)),
        "approving": running & Q(state=State.HANDLING),
        "hung": running & Q(state=State.HANDLING) & marked(Mark.HUNG),
        "overdue": running & Q(due_at__lt=now),
        "questions": running & Q(state=State.VERIFYING),
        "inspections": running & Q(state=State.CHECKING, check_passed_at=None, on_the_spot=False),
        "open": running,
        "ended": Q(state__in=[state.value for state in ENDED]),
    }[name]


def _narrowed(queue: Queue, viewer: Viewer) -> Q:
    """Only what the viewer can act on: held by a unit where they have one of the roles."""
    if queue.own:
        return scope.held(viewer, *queue.roles)
    if queue.name == "whistled":
        return Q()
    if queue.name == "supervised":
        # A unit has what it holds; whoever oversees has what is not discharged, ended or not.
        return Q() if viewer.may(Right.OVERSEE) else scope.held(viewer, *_UNIT)
    if queue.clock_of:
        return own_part(viewer, queue.clock_of)
    if queue.name == "approving":
        return to_approve(viewer)
    if queue.name in {"questions", "inspections"}:
        mine = scope.of_grid(viewer, *Role)
        if queue.name == "questions":
            mine |= scope.of_community_alone(viewer, *roles_with(Right.ANSWER_FOR_COMMUNITY))
        if queue.name == "inspections":
            mine &= ~Q(finished_by=viewer.user_id) & ~Q(finished_unit_id__in=viewer.unit_ids)
        return mine
    return Q()


def cases_in(viewer: Viewer, name: str) -> QuerySet[Case]:
    """The cases of one queue; refuses (Invalid) a queue the viewer does not have."""
    queue = QUEUES.get(name)
    if queue is None or not (viewer.roles & queue.roles):
        raise Invalid(_("没有这个队列"), field="queue")
    condition = _condition(name, clock.now()) & _narrowed(queue, viewer)
    # A worker is asked about a restricted case without seeing it: only here does it stand.
    seen = visible_or_asked(viewer) if name == "questions" else visible_to(viewer)
    return seen.filter(condition)


def counts(viewer: Viewer) -> dict[str, int]:
    """How many cases wait in each of the viewer's queues but the long ones; one query, and one of the
    few that something stands beside for whoever settles that after the end, too."""
    wanted = [queue.name for queue in queues_for(viewer) if not _is_long(queue)]
    beside = tuple(name for name in wanted if _counted_apart(viewer, name))
    names = tuple(name for name in wanted if name not in beside)
    found: dict[str, int] = {}
    for build, chosen in ((_counts, names), (_counts_marked, beside)):
        if chosen:
            numbers = prepared.counted(build, viewer, chosen, codes.shape_of_packs())
            # No number at all: the viewer has queues, and sees no case.
            found |= dict(zip(chosen, numbers or (0,) * len(chosen), strict=True))
    return {name: found[name] for name in wanted}


def _is_long(queue: Queue) -> bool:
    return queue.newest_first or (queue.ended_too and queue.name not in ALSO_ENDED)


def _counted_apart(viewer: Viewer, name: str) -> bool:
    """Of what a unit has the open ones are all: those stand with the others."""
    return name in ALSO_ENDED and (name != "supervised" or viewer.may(Right.OVERSEE))


def _counts(
    viewer: Viewer, names: Sequence[str], _packs: object
) -> QuerySet[Case, tuple[int, ...]]:
    now = clock.now()
    conditions = {name: _condition(name, now) & _narrowed(QUEUES[name], viewer) for name in names}
    seen = visible_to(viewer)
    if "questions" in conditions:
        seen = visible_or_asked(viewer)
        hers = within(viewer, Sight.BRIEF)
        conditions |= {
            name: condition & hers
            for name, condition in conditions.items()
            if name in _WITH_QUESTIONS
        }
    return prepared.counting(
        seen.filter(ended_at=None),
        **{f"in_{name}": Count("pk", filter=condition) for name, condition in conditions.items()},
    )


def _counts_marked(
    viewer: Viewer, names: Sequence[str], _packs: object
) -> QuerySet[Case, tuple[int, ...]]:
    now = clock.now()
    conditions = {name: _condition(name, now) & _narrowed(QUEUES[name], viewer) for name in names}
    # By the few rows that wait: of all that ever ended very many have a mark of some kind.
    waiting = something_waits()
    return prepared.counting(
        visible_to(viewer).filter(waiting),
        **{f"in_{name}": Count("pk", filter=condition) for name, condition in conditions.items()},
    )


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a queue; `after` opens the next one, empty at the end."""

    rows: list[CaseRow]
    after: str


def orders_of(name: str) -> tuple[Order, ...]:
    """The orders a queue may stand in, its usual one first."""
    if QUEUES[name].newest_first:
        return (Order.NEWEST,)
    if QUEUES[name].ended_too:
        return (Order.FIRST, Order.NEWEST)
    return (Order.DUE, Order.FIRST, Order.NEWEST, Order.COMMUNITY)


def listing(
    viewer: Viewer,
    name: str,
    *,
    filters: Filters | None = None,
    order: str = "",
    after: str = "",
    size: int = PAGE_SIZE,
) -> Listing:
    """A page of a queue in one of its `orders_of`, without `order` in its usual one: what turns red
    first stands first; ended ones newest first.

    Keyset paging, so that new rows never shift a page. Refuses (Invalid) an order the queue has not.
    """
    filters = filters or Filters()
    words = filters.words.strip()
    stands = _order(name, order)
    if QUEUES[name].newest_first:
        cases = _newest(viewer, filters, words, cursor_in(after).row_id if after else LARGEST, size)
    else:
        cases = _soonest(viewer, name, filters, words, stands, after, size + 1)
    following = cursor_of(cases[size - 1], stands) if len(cases) > size else ""
    return Listing(rows=rows_of(viewer, cases[:size]), after=following)


def _order(name: str, order: str) -> Order:
    offered = orders_of(name)
    if order and order not in offered:
        raise Invalid(_("这个列表没有这种排序，请重新选"), field="order")
    return Order(order) if order else offered[0]


def _soonest(
    viewer: Viewer, name: str, filters: Filters, words: str, order: Order, after: str, most: int
) -> list[Case]:
    """One page in order; the page that everybody opens is not compiled anew each time."""
    own = QUEUES[name].clock_of
    # What anybody may type belongs to no shape: there are too many.
    if not (after or words) and order is orders_of(name)[0] and filters.fits_a_shape:
        areas = (filters.community_id, filters.holder_id)
        light = "red" if filters.light == "red" else ""
        plain = replace(filters, community_id=None, holder_id=None, light=light)
        shape = prepared.Fixed((plain, most))
        page = prepared.ask(_first_page, viewer, name, shape, *areas, codes.shape_of_packs())
        return on_own_clock(page, own)
    rows = _in_order(viewer, name, filters, order)
    if words:
        rows = rows.filter(_saying(viewer, words))
    if after:
        rows = rows.filter(beyond(order, cursor_in(after), "own_due_at" if own else "due_at"))
    return on_own_clock(list(with_counts(rows)[:most]), own)


def _in_order(viewer: Viewer, name: str, filters: Filters, order: Order) -> QuerySet[Case]:
    queue = QUEUES[name]
    rows = cases_in(viewer, name)
    if not queue.clock_of:
        return rows.filter(narrowing(filters)).order_by(*ordering(order))
    rows = with_own_clock(rows, viewer, queue.clock_of)
    late = Q(own_due_at__lt=clock.now()) if filters.light == "red" else Q()
    rows = rows.filter(late, narrowing(replace(filters, light="")))
    return rows.order_by(*ordering(order, "own_due_at"))


def _first_page(
    viewer: Viewer,
    name: str,
    shape: tuple[Filters, int],
    community_id: int | None,
    holder_id: int | None,
    _packs: object,
) -> QuerySet[Case]:
    filters = replace(shape[0], community_id=community_id, holder_id=holder_id)
    return with_counts(_in_order(viewer, name, filters, orders_of(name)[0]))[: shape[1]]


def every(
    viewer: Viewer,
    name: str,
    *,
    filters: Filters | None = None,
    order: str = "",
    most: int = 10**6,
) -> Iterator[CaseRow]:
    """All rows of a queue in the order of its pages, for a sheet: the same rows `listing` pages
    through, some hundred a query, so that memory does not grow with the queue."""
    after, left = "", most
    while left > 0:
        page = listing(
            viewer, name, filters=filters, order=order, after=after, size=min(EVERY_SIZE, left)
        )
        yield from page.rows
        after, left = page.after, left - len(page.rows)
        if not after:
            return


def reported_by(viewer: Viewer, *, after: str = "") -> Listing:
    """Cases this member of staff reported or typed in, newest first, wherever they are now."""
    mine = Report.objects.filter(entered_by=viewer.user_id or 0).values("first_case_id")
    rows = visible_to(viewer).filter(pk__in=mine).order_by("-id")
    if after:
        rows = rows.filter(pk__lt=cursor_in(after).row_id)
    cases = list(with_counts(rows)[: PAGE_SIZE + 1])
    following = f"0-{cases[PAGE_SIZE - 1].pk}" if len(cases) > PAGE_SIZE else ""
    return Listing(rows=rows_of(viewer, cases[:PAGE_SIZE]), after=following)


def _newest(viewer: Viewer, filters: Filters, words: str, before: int, size: int) -> list[Case]:
    """One page of ended ones and one more, the newest first; by words through their index."""
    narrowed, numbered = narrowing(filters), _numbered(viewer, words)
    if words and numbered is None:
        narrowed &= Q(ended_at__isnull=False) & within(viewer, Sight.WHOLE)
        rows = with_counts(visible_to(viewer).filter(narrowed))
        return ended_holding(viewer, rows, words, limit=size + 1, before=before)
    ids = newest_ended(
        viewer,
        narrowed & (numbered or Q()),
        before=before,
        most=size + 1,
        few=numbered is not None or filters.is_seldom,
    )
    return list(with_counts(Case.objects.filter(pk__in=ids)).order_by("-id"))


def _saying(viewer: Viewer, words: str) -> Q:
    """What a list is narrowed to by words or a number; to be found by a word is to have it read."""
    if not words:
        return Q()
    numbered = _numbered(viewer, words)
    return numbered if numbered is not None else holding(words) & within(viewer, Sight.WHOLE)


def _numbered(viewer: Viewer, words: str) -> Q | None:
    """The case of this number, a case's or a report's; None for what is no whole number."""
    number = number_in(words)
    if len(number) == CASE_DIGITS:
        return Q(number=number)
    if len(number) == REPORT_DIGITS:
        reports = Report.objects.filter(district_id=viewer.district_id or 0, number=number)
        return Q(pk__in=reports.values("case_id")) & within(viewer, Sight.WHOLE)
    return None
