"""Cases as what a unit has: registered with `records/units/holdings.py`."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Conflict, Refusal
from gezhi.kernel.viewer import Viewer
from gezhi.records.units.holdings import Holding
from gezhi.records.units.models import Unit
from gezhi.work.cases.actions.precedents import hand_over_precedents
from gezhi.work.cases.deeds.hand_over import hand_over
from gezhi.work.cases.models import Assignment, Case
from gezhi.work.cases.queries import precedents
from gezhi.work.cases.rules import State


def case_numbers(unit: Unit) -> list[str]:
    """Numbers of the open cases that have to do with a unit: held, assisted, or to be reworked."""
    sent = Assignment.objects.filter(unit=unit, ended_at=None)
    return list(
        # The district is said though the unit says it too: it has an index of the open ones.
        Case.objects.filter(district_id=unit.district_id, ended_at=None)
        .filter(
            Q(holder=unit)
            | Q(pk__in=sent.values("case_id"))
            | Q(state=State.CHECKING, finished_unit_id=unit.pk)
        )
        .order_by("id")
        .values_list("number", flat=True)
    )


def _count(unit: Unit) -> int:
    return len(case_numbers(unit))


def _keep_still(unit: Unit) -> None:
    # Dispatch locks the case before the unit; so does this, or the two would wait for each other.
    list(Case.objects.select_for_update().filter(number__in=case_numbers(unit)).order_by("id"))


def _give(unit: Unit, successor: Unit, by: Viewer) -> int:
    numbers = case_numbers(unit)
    for number in numbers:
        _give_one(number, unit, successor, by)
    return len(numbers)


def _give_one(number: str, unit: Unit, successor: Unit, by: Viewer) -> None:
    """One case goes along; a refusal says which one, since it keeps the unit open."""
    key = f"close-unit:{unit.pk}:{number}"
    try:
        hand_over(number=number, from_unit=unit, to_unit=successor, by=by, key=key)
    except Refusal as refusal:
        raise Conflict(
            _("案件 %(number)s 移交不了，单位没有撤并，什么都没有改。原因：%(why)s")
            % {"number": number, "why": refusal.message}
        ) from refusal


def _waiting(unit: Unit) -> int:
    return Case.objects.filter(holder_id=unit.pk, ended_at=None).count()


def _precedents(unit: Unit) -> int:
    return len(precedents.of_unit(unit))


def _give_precedents(unit: Unit, successor: Unit, by: Viewer) -> int:
    return hand_over_precedents(unit, successor, by=by)


PRECEDENTS = Holding(
    name="precedents",
    words=gettext_lazy("%(count)s 条派单先例"),
    order=25,
    count=_precedents,
    give=_give_precedents,
)
CASES = Holding(
    name="cases",
    words=gettext_lazy("%(count)s 件在办的事"),
    order=10,
    count=_count,
    give=_give,
    keep_still=_keep_still,
    waiting=_waiting,
)
