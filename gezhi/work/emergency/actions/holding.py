"""What every action of an emergency begins with: the row locked, on, and in the viewer's reach."""

from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.kernel.errors import Conflict, NotPermitted, Unseen
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer
from gezhi.work.emergency.models import Emergency
from gezhi.work.emergency.queries.reach import may_switch, seen_by


def wait_for(emergency_id: int) -> None:
    """Wait until nobody else does something in it: the same deed sent twice at one moment is done
    once, and the second finds what the first wrote. In the caller's transaction."""
    Emergency.objects.select_for_update().filter(pk=emergency_id).order_by().first()


def locked(emergency_id: int, by: Viewer) -> Emergency:
    """The emergency, locked, on or over; refuses one not seen (Unseen)."""
    rows = Emergency.objects.select_for_update(of=("self",))
    row = rows.filter(seen_by(by), pk=emergency_id).first()
    if row is None:
        raise Unseen("")
    return row


def is_over() -> Conflict:
    """What is said of one that is over."""
    return Conflict(_("这次应急已经关闭；再有事请重新打开，或照平常上报"), code="off")


def running(emergency_id: int, by: Viewer) -> Emergency:
    """The emergency, locked; refuses one that is over (Conflict), and one not seen (Unseen)."""
    row = locked(emergency_id, by)
    if not row.is_on:
        raise is_over()
    return row


def commanded(emergency_id: int, by: Viewer) -> Emergency:
    """As `running`, by somebody who may switch it (NotPermitted otherwise)."""
    require(by, Right.SWITCH_EMERGENCY)
    row = running(emergency_id, by)
    if not may_switch(by, row.street_id, row.community_id):
        raise NotPermitted(_("由这个区域的值班长或领导来做"))
    return row


def record(verb: str, row: Emergency, by: Viewer, **detail: object) -> None:
    """Write into the trail what was done in an emergency."""
    audit.record(
        by=by,
        verb=f"emergency.{verb}",
        subject_kind="emergency",
        subject_id=row.pk,
        detail=detail,
        district_id=row.district_id,
    )
