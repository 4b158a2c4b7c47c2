"""A unit without accounts: the shops of a street, with one case by link and code, half done."""

from datetime import datetime, timedelta

from gezhi.faces.terminal.demo.offices import CENTRE, SHIFTS
from gezhi.faces.terminal.demo.street import Street
from gezhi.kernel import clock
from gezhi.kernel.viewer import Role, Viewer
from gezhi.records.units.actions import open_unit
from gezhi.records.units.models import UnitKind
from gezhi.work.cases import actions
from gezhi.work.cases.doing import OnCase
from gezhi.work.cases.inviting import signs_of
from gezhi.work.cases.models import Case, Invitation
from gezhi.work.cases.rules import State
from gezhi.work.invitations import actions as invitations

NAME = "老酒坊商户联盟"
_KEY = "demo-guests"


def send_outside(street: Street, now: datetime) -> None:
    """The newest ordinary case that waits to be sent goes to the shops, who take it and ask back."""
    by = Viewer.system("demo", street.ground.district.id)
    centre = street.cast.units[CENTRE]
    shops = open_unit(
        name=NAME,
        short_name="商户联盟",
        kind=UnitKind.SOCIAL_ORGANIZATION,
        area_id=street.ground.street.id,
        parent=centre,
        hours=SHIFTS,
        public_phone="",
        by=by,
    )
    waiting = Case.objects.filter(
        state=State.ACCEPTED,
        holder=centre,
        urgency="ordinary",
        confidentiality="open",
        marks="",
        accepted_at__lt=now - timedelta(hours=1),
    )
    # Nothing happened to it since it is to have been sent.
    waiting = waiting.exclude(steps__recorded_at__gte=now - timedelta(minutes=50))
    case = waiting.order_by("-id").first()
    if case is None:
        return
    dispatcher = street.cast.of_centre(Role.DISPATCHER, 0)

    def at(key: str, by: Viewer, held: Invitation | None = None) -> OnCase:
        return {"number": case.number, "by": by, "key": f"{_KEY}:{key}", "invitation": held}

    brief = "请派两个人到现场看看，能当场收拾的收拾好，收拾完拍一张照片"
    with clock.moved_to(now - timedelta(minutes=50)):
        actions.dispatch(lead_unit_id=shops.pk, words=brief, **at("send", dispatcher))
        actions.invite(unit_id=shops.pk, brief=brief, **at("invite", dispatcher))
    row = Invitation.objects.get(case=case)
    guest = Viewer.anonymous(case.district_id)
    with clock.moved_to(now - timedelta(minutes=35)):
        code = signs_of(dispatcher, f"{_KEY}:invite").code
        invitations.let_in(row, code=code, sender="", by=guest)
        actions.take(**at("take", guest, row))
    with clock.moved_to(now - timedelta(minutes=20)):
        actions.inquire(words="今天人手不够，明天早上九点去行不行？", **at("ask", guest, row))
