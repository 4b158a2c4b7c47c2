"""上提: a unit nobody is appointed to loses its cases to its parent."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Conflict
from gezhi.kernel.viewer import Role
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Step
from gezhi.work.cases.moving_units import move_unit
from gezhi.work.cases.rules import OPEN, Deed, Rule, Standing
from gezhi.work.deeds.rules import staying

declare(
    Declared(
        Deed.LIFT,
        Rule(staying(OPEN), (Standing.SYSTEM,), who="系统"),
        word=gettext_lazy("上提"),
        tells=Tells(unit=(Role.HANDLER, Role.COMMUNITY_CLERK, Role.DISPATCHER)),
        while_hung=True,
    )
)


def lift(**to: Unpack[OnCase]) -> Step:
    """上提: the holder has nobody appointed; its parent takes the case, the due time stays.

    Refuses (Conflict) at the top: there the administrator is told instead.
    """
    return do(Deed.LIFT, {}, _lift, **to)


def _lift(doing: Doing) -> Step:
    holder = doing.holder
    parent = holder.parent
    while parent is not None and not parent.is_open:
        parent = parent.successor or parent.parent
    if parent is None or parent.pk == holder.pk:
        raise Conflict(_("已经是最上一级单位，无处可上提"), code="top")
    move_unit(doing, holder, parent)
    return doing.finish(detail={"from": holder.pk, "to": parent.pk})
