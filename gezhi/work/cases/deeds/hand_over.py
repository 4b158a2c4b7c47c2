"""交接: a unit that closes leaves its cases to another."""

from typing import Unpack

from django.utils.translation import gettext_lazy

from gezhi.kernel.viewer import Role
from gezhi.records.units.models import Unit
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Step
from gezhi.work.cases.moving_units import move_unit
from gezhi.work.cases.rules import OPEN, Deed, Rule, Standing
from gezhi.work.deeds.rules import staying

declare(
    Declared(
        Deed.HAND_OVER,
        Rule(staying(OPEN), (Standing.SYSTEM,), who="系统管理员经交接"),
        word=gettext_lazy("交接"),
        tells=Tells(unit=(Role.HANDLER, Role.COMMUNITY_CLERK, Role.DISPATCHER)),
        while_hung=True,
    )
)


def hand_over(*, from_unit: Unit, to_unit: Unit, **to: Unpack[OnCase]) -> Step:
    """交接: everything the case has to do with one unit goes to another; due times stay.

    Called by `handover.close_unit` only, in its name.
    """
    units = {"from": from_unit.pk, "to": to_unit.pk}

    def body(doing: Doing) -> Step:
        move_unit(doing, from_unit, to_unit)
        return doing.finish(detail=units)

    return do(Deed.HAND_OVER, units, body, **to)
