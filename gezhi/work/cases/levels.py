"""升级 by level: to whom a case goes that the level it lies at cannot settle.

网格 holds nothing: what a grid worker cannot settle is reported to begin with. 社区 goes up to the
centre of its street, the street to the parent of its centre.
"""

from django.utils.translation import gettext as _

from gezhi.kernel.errors import Conflict, Refusal
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Level, Seat, Viewer
from gezhi.records.posts import queries as posts
from gezhi.records.units import queries as units
from gezhi.records.units.models import Unit
from gezhi.work.cases.asides import Aside, register
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import Deed, Mark, State

# Where a case waits for the next level to send it on.
WAITING = frozenset({State.REPORTED, State.VERIFYING, State.ACCEPTED})
# Who can go on with it there.
_TAKES = {State.REPORTED: Right.TAKE_IN, State.ACCEPTED: Right.SEND}


def level_of(unit: Unit) -> Level:
    """The level a unit works at: its area's; a grid's are the community's."""
    level = Level(unit.area.level)
    return Level.COMMUNITY if level in (Level.GRID, Level.MICROGRID) else level


def next_unit(case: Case, holder: Unit, to_state: State) -> Unit | None:
    """Who takes it one level up, in this state; None where nobody there could."""
    centre = units.centre_of(case.district_id, case.street_id)
    if level_of(holder) is Level.COMMUNITY:
        above: Unit | None = centre
    elif level_of(holder) is Level.STREET:
        above = centre.parent
    else:
        above = None
    if above is None or not above.is_open or above.pk == holder.pk:
        return None
    return above if posts.staffed_unit_ids([above.pk], roles_with(_TAKES[to_state])) else None


def stays_reported(state: State) -> State:
    """What nobody accepted is accepted at the next level; everything else waits to be sent there."""
    return State.REPORTED if state is State.REPORTED else State.ACCEPTED


def nowhere_to_go(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    """Why a case cannot go up now; None where it can."""
    if case.all_marks & {Mark.HUNG, Mark.DISPUTED}:
        return Conflict(_("挂账中、待裁决的事不升级：先恢复办理或裁决"), code="state")
    holder = case.holder
    if holder is None or next_unit(case, holder, stays_reported(State(case.state))) is None:
        return Conflict(
            _(
                "上一级没有能接手的人，升级不了：请值班长或领导督办，或请系统管理员在“单位”里"
                "给街道网格中心设上级单位、安排受理员和派遣员"
            ),
            code="top",
        )
    return None


def _is_escalated(case: Case) -> bool:
    last = Step.objects.filter(case=case, deed=Deed.ESCALATE).order_by("-serial").first()
    if last is None or case.state not in WAITING:
        return False
    gone_on = Step.objects.filter(case=case, serial__gt=last.serial)
    return not gone_on.exclude(to_state__in=WAITING).exists()


# Until it is sent on: then it is handled like any other.
ESCALATED = register(
    Aside(
        Mark.ESCALATED,
        _is_escalated,
        settle=lambda doing: None if doing.case.state in WAITING else doing.unmark(Mark.ESCALATED),
    )
)
