"""The door: a link and its code, tried so many times and no more."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.ground.counters import actions as counters
from gezhi.ground.counters.rules import Counted, Limit
from gezhi.kernel import clock
from gezhi.kernel.digits import digits
from gezhi.kernel.errors import Invalid, TooMany, Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.inviting import Held, held, is_code_of
from gezhi.work.cases.models import Invitation
from gezhi.work.invitations.models import Visit

# By one network, so that a stranger with the link does not shut the door before the owner…
WRONG_HERE = Limit("invitation_code", 5, 900)
# …and from everywhere: of a million codes no more than 1,440 are tried while it holds.
WRONG_ANYWHERE = Limit("invitation_codes", 20, 3_600)


def let_in(invitation: Invitation, *, code: str, sender: str, by: Viewer) -> int:
    """Which phone this is, the first, the second…, let in with the right code; each is recorded.

    Refuses (Unseen) an invitation that holds no more or whose unit is done, (TooMany) after five wrong codes of one network
    in a quarter of an hour or twenty from everywhere in an hour, the right one among them,
    (Invalid, at `code`) a wrong one. Outside of transactions: a wrong try stays counted.
    """
    tries = [Counted(WRONG_ANYWHERE, (str(invitation.pk),))]
    if sender:
        tries.append(Counted(WRONG_HERE, (str(invitation.pk), sender)))
    tallies = counters.count(*tries)
    over = [tally.seconds_left for tally in tallies if tally.is_over]
    if over:
        minutes = -(-max(over) // 60)
        raise TooMany(
            _("码输错太多次，请 %(minutes)d 分钟后再试；等不及请找派单的人重发一个")
            % {"minutes": minutes},
            seconds=max(over),
        )
    if not is_code_of(invitation, digits(code)):
        with transaction.atomic():
            _write(invitation, "wrong_code", 0, by)
        raise Invalid(_("码不对，请看另外那条消息里的 6 位数字"), field="code")
    counters.take_back(*tries)
    if held(invitation) is not Held.OPEN:
        raise Unseen(_("这个链接已经失效"))
    return _entered(invitation, by)


def _entered(invitation: Invitation, by: Viewer) -> int:
    """The next number of a phone, also where two come at one moment."""
    while True:
        seen = Visit.objects.filter(invitation=invitation).aggregate(most=Max("device"))["most"]
        try:
            with transaction.atomic():
                _write(invitation, "let_in", (seen or 0) + 1, by)
        except IntegrityError:
            continue
        return (seen or 0) + 1


def _write(invitation: Invitation, outcome: str, device: int, by: Viewer) -> None:
    Visit.objects.create(
        district_id=invitation.district_id,
        invitation=invitation,
        at=clock.now(),
        outcome=outcome,
        device=device,
    )
    audit.record(
        by=by,
        verb="invitations.open" if device else "invitations.wrong_code",
        subject_kind="invitation",
        subject_id=invitation.pk,
        unit_id=invitation.unit_id,
        detail={"device": device} if device else {},
        district_id=invitation.district_id,
    )
