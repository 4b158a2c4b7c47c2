"""Opening the phone of a colleague: by right, recorded."""

from dataclasses import dataclass, field

from django.db import transaction

from gezhi.ground.accounts.models import User
from gezhi.ground.audit import actions as audit
from gezhi.kernel.errors import Unseen
from gezhi.kernel.fields import open_sealed
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts.models import Appointment
from gezhi.records.posts.queries import running

PURPOSE = "colleague"


@dataclass(frozen=True, slots=True)
class OpenPhone:
    """Somebody's name, seats and phone in the clear, for the page that asked and no other; "" where
    none is known."""

    name: str
    seats: tuple[str, ...]
    unit_phone: str
    phone: str = field(repr=False)


@transaction.atomic
def open_work_phone(*, user_id: int, by: Viewer) -> OpenPhone:
    """The phone of somebody who has a seat in the viewer's district, recorded with who and when.

    Refuses who has no such right (NotPermitted), and anybody of another district or without a seat
    (Unseen).
    """
    require(by, Right.SEE_WORK_PHONE)
    rows = running(Appointment.objects.filter(user_id=user_id, district_id=by.district_id or 0))
    seats = list(rows.select_related("post__unit").order_by("from_at", "id"))
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not seats:
        raise Unseen("")
    audit.record_read(
        by=by, what="work_phone", subject_kind="user", subject_id=user_id, purpose=PURPOSE
    )
    return OpenPhone(
        name=user.name,
        seats=tuple(f"{row.post.unit.name} {row.post.name}" for row in seats),
        unit_phone=seats[0].post.unit.public_phone,
        phone=open_sealed(user, "phone"),
    )
