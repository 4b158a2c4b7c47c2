"""The cases of a dry run, some thousand at a time: where each would go, now and with the drafts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import queries as duties
from gezhi.records.duties.models import Route
from gezhi.records.duties.queries import Router
from gezhi.records.duties.rules import Rule
from gezhi.work.cases.models import Assignment, Case, Step
from gezhi.work.cases.rules import Confidentiality, Deed
from gezhi.work.dry_runs.models import DryRun, DryRunCase, DryRunState
from gezhi.work.dry_runs.rules import Tally

_CHUNK = 4000


class Sent(NamedTuple):
    """A case as it was first sent; where it went last."""

    case_id: int
    class_code: str
    street_id: int
    community_id: int | None
    grid_id: int | None
    urgency: str
    confidentiality: str
    sent_at: datetime
    actual_id: int


def cases_of(row: DryRun) -> QuerySet[Case]:
    """The cases of the district reported in the days of a dry run; not all of them were ever sent."""
    begins = datetime.combine(row.first, time(), clock.SHANGHAI)
    ends = datetime.combine(row.last + timedelta(days=1), time(), clock.SHANGHAI)
    # No column of an index: it would be read, and sorted by id, anew for each chunk.
    rows = Case.objects.annotate(moment=Coalesce("reported_at", "reported_at"))
    rows = rows.filter(district_id=row.district_id, moment__gte=begins, moment__lt=ends)
    return rows.exclude(class_code="")


def reckon(row_id: int) -> int:
    """Reckon a dry run from its first case to its last; how many. One that is done stays as it is.

    Progress is written after each chunk. Begun again it throws away what it had.
    """
    row = DryRun.objects.filter(pk=row_id, state=DryRunState.RUNNING).first()
    if row is None:
        return 0
    row.done = 0
    with codes.steady():
        trial = _Trial(row)
        row.cases.all().delete()
        row.total = cases_of(row).count()
        row.save(update_fields=["total"])
        for looked_at, sent in _chunks(row):
            trial.take(sent, looked_at)
    row.state, row.finished_at = DryRunState.DONE, clock.now()
    row.figures = trial.tally.as_figures()
    row.save(update_fields=["state", "finished_at", "figures"])
    return trial.tally.total


class _Trial:
    """Both sets of rules, and what was counted so far."""

    def __init__(self, row: DryRun) -> None:
        self.tally = Tally()
        self._row = row
        self._before, self._after = rules_of(row)
        self._routers: dict[int, tuple[Router, Router]] = {}
        self._levels: dict[int | None, str] = {}
        every = (*self._before, *self._after)
        self._asks_level = any(rule.condition.held for rule in every)

    def take(self, chunk: list[Sent], looked_at: int) -> None:
        """Reckon some cases; what changes is written down with the progress."""
        held = self._held(chunk) if self._asks_level and chunk else {}
        changed = []
        for case in chunk:
            before, after = self._routers_of(case.street_id)
            level = held.get(case.case_id, "")
            asked = (case.class_code, case, case.sent_at, case.urgency, level)
            old, new = before.of(*asked), after.of(*asked)
            move = (old.lead_unit_id if old else 0, new.lead_unit_id if new else 0)
            is_restricted = case.confidentiality == Confidentiality.RESTRICTED
            if self.tally.add(*move, case.actual_id, is_restricted=is_restricted):
                route_id = new.id if new and new.by == "rule" else None
                changed.append((case, move, route_id))
        self._keep(changed, looked_at)

    def _keep(
        self, changed: list[tuple[Sent, tuple[int, int], int | None]], looked_at: int
    ) -> None:
        row = self._row
        with transaction.atomic():
            DryRunCase.objects.bulk_create(
                DryRunCase(
                    dry_run=row,
                    case_id=case.case_id,
                    sent_at=case.sent_at,
                    before_id=before,
                    after_id=after,
                    actual_id=case.actual_id,
                    route_id=route_id,
                )
                for case, (before, after), route_id in changed
            )
            row.done, row.moved_at = row.done + looked_at, clock.now()
            row.save(update_fields=["done", "moved_at"])

    def _routers_of(self, street_id: int) -> tuple[Router, Router]:
        found = self._routers.get(street_id)
        if found is None:
            district = self._row.district_id
            found = (
                Router(district, street_id, self._before),
                Router(district, street_id, self._after),
            )
            self._routers[street_id] = found
        return found

    def _held(self, chunk: list[Sent]) -> dict[int, str]:
        """At which level each case was first sent, by case."""
        ids = [case.case_id for case in chunk]
        rows = Step.objects.filter(
            case_id__gte=min(ids), case_id__lte=max(ids), deed=Deed.DISPATCH
        ).order_by("-serial")
        holders = dict(rows.values_list("case_id", "holder_before_id"))
        for unit_id in set(holders.values()) - set(self._levels):
            self._levels[unit_id] = duties.level_of(unit_id)
        return {case_id: self._levels[unit_id] for case_id, unit_id in holders.items()}


def rules_of(row: DryRun) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The rules in force today, and the same with the drafts in place of what they replace, both
    without their days: as if they had held all the time."""
    by = Viewer.system("dry_runs", row.district_id)
    drafts = duties.rules_of(by, row.route_ids)
    replaced = Route.objects.filter(pk__in=row.route_ids, replaces__isnull=False)
    gone = set(replaced.values_list("replaces_id", flat=True))
    today = clock.today()
    before = [
        _always(rule) for rule in duties.rules_in_force(row.district_id) if rule.valid_from <= today
    ]
    kept = [rule for rule in before if rule.id not in gone]
    return tuple(before), (*kept, *map(_always, drafts))


def _always(rule: Rule) -> Rule:
    return replace(rule, valid_from=date.min, valid_to=None)


def _chunks(row: DryRun) -> Iterator[tuple[int, list[Sent]]]:
    """The cases in the order of their ids, some thousand at a time: how many there were, and those
    among them that were sent, each with its first and its last assignment.

    Walked by id, so that no chunk sorts what the others hold.
    """
    after = 0
    while True:
        rows = cases_of(row).filter(pk__gt=after).order_by("pk")
        read = list(rows.values_list(*_COLUMNS)[:_CHUNK])
        if not read:
            return
        sendings = _sendings(read[0][0], read[-1][0])
        yield (
            len(read),
            [
                Sent._make((*case, sent[0][0], sent[-1][1]))
                for case in read
                if (sent := sendings.get(case[0]))
            ],
        )
        after = read[-1][0]


_COLUMNS = (
    "id", "class_code", "street_id", "community_id", "grid_id", "urgency", "confidentiality",
)  # fmt: skip


def _sendings(first: int, last: int) -> dict[int, list[tuple[datetime, int]]]:
    """When and to which unit the cases between two ids were sent as lead, oldest first, by case."""
    rows = Assignment.objects.filter(case_id__gte=first, case_id__lte=last, part="lead")
    found: dict[int, list[tuple[datetime, int]]] = {}
    for case_id, sent_at, unit_id in rows.values_list("case_id", "sent_at", "unit_id"):
        found.setdefault(case_id, []).append((sent_at, unit_id))
    for sendings in found.values():
        sendings.sort()
    return found
