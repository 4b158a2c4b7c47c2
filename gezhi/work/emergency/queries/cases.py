"""The cases of an emergency: counted by the database, shown a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.asides import real
from gezhi.work.cases.models import Case
from gezhi.work.cases.paging import PRESSING
from gezhi.work.cases.queries.rows import CaseRow, rows_of, with_counts
from gezhi.work.cases.queries.visible import known_to_exist, visible_to
from gezhi.work.cases.rules import ENDED
from gezhi.work.emergency.models import Emergency, EmergencyCase
from gezhi.work.emergency.queries.reach import lies_in
from gezhi.work.emergency.queries.sight import shown_of

# What a report prints of the cases that are no major ones.
PRINTED = 200


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case on the board; `is_in` where it belongs to the emergency."""

    row: CaseRow
    is_in: bool
    how: str = ""
    is_major: bool = False
    named: str = ""

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.row.state in ENDED


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """How many cases the viewer sees of a list, counted by the database."""

    all: int
    done: int
    major: int


@dataclass(frozen=True, slots=True)
class CommandedCase:
    """A case of the emergency for whoever commands it: it can be made a major one and somebody
    named for it, also where what it says is kept from them."""

    number: str
    title: str
    place: str
    is_seen: bool
    is_major: bool
    named: str


def board_cases(viewer: Viewer, row: Emergency) -> QuerySet[Case]:
    """What the board shows to the viewer: while it is on, open urgent cases of the area (of a drill
    its own alone); once it is off, every case that was in it."""
    if not row.is_on:
        return cases_within(viewer, row)
    wanted = Q(emergency__emergency=row)
    if not row.drill:
        wanted |= Q(urgency__in=PRESSING) & real() & lies_in(row)
    return visible_to(viewer).filter(wanted, ended_at=None)


def cases_within(viewer: Viewer, row: Emergency) -> QuerySet[Case]:
    """The cases of the emergency that the viewer sees, open and ended."""
    return visible_to(viewer).filter(emergency__emergency=row)


def major_of(row: Emergency, cases: QuerySet[Case]) -> QuerySet[Case]:
    """Of these the major ones."""
    return cases.filter(emergency__emergency=row, emergency__is_major=True)


def counts_of(row: Emergency, cases: QuerySet[Case]) -> CaseCounts:
    """How many these are, in one statement."""
    major = Q(emergency__emergency=row, emergency__is_major=True)
    found = cases.aggregate(
        all=Count("pk"),
        done=Count("pk", filter=Q(ended_at__isnull=False)),
        major=Count("pk", filter=major),
    )
    return CaseCounts(**found)


def kept_count(viewer: Viewer, row: Emergency, *, ended: bool) -> int:
    """How many confidential cases of the emergency are kept from the viewer: told to whoever
    oversees the area, none to anybody else. The open ones, or with `ended` all."""
    if not viewer.may(Right.OVERSEE):
        return 0
    own = known_to_exist(viewer).filter(emergency__emergency=row)
    if not ended:
        own = own.filter(ended_at=None)
    return own.exclude(pk__in=visible_to(viewer).filter(emergency__emergency=row)).count()


def pressing_first(cases: QuerySet[Case]) -> QuerySet[Case, int]:
    """Their ids, what is late first: a page of these is what `lines_of` takes."""
    return cases.order_by("due_at", "id").values_list("pk", flat=True)


def printed(row: Emergency, cases: QuerySet[Case], major: int) -> list[int]:
    """The ids of those a report prints: every major one, and the first of the others."""
    return list(
        cases.order_by(F("emergency__is_major").desc(), "reported_at", "id").values_list(
            "pk", flat=True
        )[: major + PRINTED]
    )


def lines_of(viewer: Viewer, row: Emergency, case_ids: Sequence[int]) -> list[CaseLine]:
    """These cases with what the emergency says of them, in the order given; of those the viewer
    does not see none."""
    order = {pk: place for place, pk in enumerate(case_ids)}
    rows = with_counts(visible_to(viewer).filter(pk__in=order))
    found = sorted(rows, key=lambda case: order[case.pk])
    beside = {
        one.case_id: one
        for one in EmergencyCase.objects.filter(emergency=row, case__in=case_ids)
        .select_related("named")
    }  # fmt: skip
    lines = []
    for case, shown in zip(found, rows_of(viewer, found), strict=True):
        one = beside.get(case.pk)
        if one is None:
            lines.append(CaseLine(shown, False))
        else:
            name = one.named.name if one.named is not None else ""
            lines.append(CaseLine(shown, True, str(one.get_how_display()), one.is_major, name))
    return lines


def commanded_case(viewer: Viewer, row: Emergency, number: str) -> CommandedCase:
    """One case of the emergency, looked up by its number; Unseen where it is not of this one."""
    found = _commanded(viewer, row, Q(case__number=number))
    if not found:
        raise Unseen("")
    return found[0]


def nameless(viewer: Viewer, row: Emergency) -> list[CommandedCase]:
    """The open major cases that nobody is named for: they keep the emergency on."""
    return _commanded(viewer, row, Q(case__ended_at=None, is_major=True, named=None))


def left_open(row: Emergency) -> int:
    """How many cases of the emergency are open, whoever asks: those that go on after its end."""
    return EmergencyCase.objects.filter(emergency=row, case__ended_at=None).count()


def _commanded(viewer: Viewer, row: Emergency, wanted: Q) -> list[CommandedCase]:
    own = EmergencyCase.objects.filter(wanted, emergency=row).select_related("case", "named")
    rows = list(own.order_by("case__due_at", "pk"))
    cases = [one.case for one in rows]
    seen = {line.row.number: line for line in lines_of(viewer, row, [case.pk for case in cases])}
    shown = shown_of(viewer, cases)
    return [
        CommandedCase(
            number=one.case.number,
            title=line.row.title if line is not None else shown[one.case_id].instead,
            place=(line.row.place_words or line.row.community_name) if line is not None else "",
            is_seen=line is not None,
            is_major=one.is_major,
            named=one.named.name if one.named is not None else "",
        )
        for one, line in ((one, seen.get(one.case.number)) for one in rows)
    ]
