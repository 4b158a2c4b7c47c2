"""Which invitation holds, and the signs it is known by; asked by its deeds, the engine, the watchdog."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, secrets
from gezhi.kernel.confidentiality import Confidentiality
from gezhi.kernel.errors import Conflict, Invalid, Refusal
from gezhi.kernel.masking import masked_phone
from gezhi.kernel.phones import mobiles_in
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Seat, Viewer
from gezhi.records.posts import queries as posts
from gezhi.work.cases.asides import Aside, register
from gezhi.work.cases.models import Assignment, Case, Invitation
from gezhi.work.cases.rules import Mark, State
from gezhi.work.deeds.keys import owner_of

# So long a sign and a code are; the code is read over the phone, the link never.
_LINK_BYTES, _CODE_DIGITS = 18, 6
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz"
_KEY = "receipt"
# For an office whose own version of the figures is older than these.
_OTHERWISE = {"invitation_hours": 72.0, "invitation_grace_minutes": 30.0}
# While somebody of the unit has something to do by it, or waits to hear how it was found.
INVITED = frozenset({State.DISPATCHED, State.HANDLING})


class Held(StrEnum):
    """What an invitation is good for now."""

    # It opens the case, and its unit's part is to be done.
    OPEN = "open"
    # The unit said that it is done: whoever was let in reads that, and nobody else is let in.
    DONE = "done"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Signs:
    """What is handed over: the sign of the link, and the code that goes by another message."""

    link: str = field(repr=False)
    code: str = field(repr=False)


def signs_of(by: Viewer, key: str) -> Signs:
    """The signs of the invitation that this doer makes with this key: drawn from a key of the house,
    so that the same button pressed twice shows the same ones, and stored nowhere."""
    drawn = secrets.mac(_KEY, f"invitation\x00{owner_of(by)}\x00{key}".encode())
    number, link = int.from_bytes(drawn[:_LINK_BYTES]), ""
    for _sign in range(24):
        number, at = divmod(number, len(_SIGNS))
        link += _SIGNS[at]
    code = int.from_bytes(drawn[_LINK_BYTES:]) % 10**_CODE_DIGITS
    return Signs(link, f"{code:0{_CODE_DIGITS}d}")


def link_index(link: str) -> str:
    """What is stored of a link's sign."""
    return secrets.blind_index("invitation", link)


def code_index(invitation_id: int, code: str) -> str:
    """What is stored of a code, of this invitation alone."""
    return secrets.blind_index("invitation.code", f"{invitation_id} {code}")


def is_code_of(invitation: Invitation, typed: str) -> bool:
    """Whether this was its code, under whichever living key it was stored."""
    known = secrets.blind_indexes("invitation.code", f"{invitation.pk} {typed}")
    return invitation.code_index in known


def live(now: datetime | None = None) -> QuerySet[Invitation]:
    """The invitations that hold: neither over nor taken back, of an assignment that runs, of a case
    that is open to be known."""
    return Invitation.objects.filter(
        ended_at=None,
        ends_at__gt=now or clock.now(),
        assignment__ended_at=None,
        case__ended_at=None,
        case__confidentiality=Confidentiality.OPEN,
    )


def holds(invitation: Invitation) -> bool:
    """Whether an invitation that somebody holds is one now, as the database has it."""
    return live().filter(pk=invitation.pk).exists()


def held(invitation: Invitation) -> Held:
    """What it is good for, as the database has it; rework opens again what was done."""
    rows = live().filter(pk=invitation.pk).values_list("pk", "assignment__finished_at")
    for _pk, finished_at in rows:
        return Held.OPEN if finished_at is None else Held.DONE
    return Held.OVER


def with_nobody_in_post(unit_ids: Iterable[int]) -> set[int]:
    """Those of the units in which nobody could do a case with an account."""
    asked = set(unit_ids)
    return asked - posts.staffed_unit_ids(asked, roles_with(Right.KEEP_MOVING))


def open_assignments(case: Case) -> list[Assignment]:
    """Its assignments that a unit without anybody in post has in hand, lead first."""
    rows = list(
        Assignment.objects.filter(case=case, ended_at=None, part__in=("lead", "assist"))
        .select_related("unit")
        .order_by("-part", "id")
    )
    empty = with_nobody_in_post(row.unit_id for row in rows)
    return [row for row in rows if row.unit_id in empty]


def cannot_invite(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    """Why nobody is let in by a link: 保密, or every unit has people of its own."""
    if case.is_restricted:
        return Conflict(_("保密的事不能用链接办，请派给有人在岗的单位"), code="restricted")
    if not open_assignments(case):
        return Conflict(_("派到的单位都有人在岗，他们用自己的账号办，不用临时链接"), code="staffed")
    return None


def is_not_invited(case: Case) -> bool:
    """By its mark, which costs no look: nobody has a link of it."""
    return Mark.INVITED not in case.all_marks


def _is_invited(case: Case) -> bool:
    return Invitation.objects.filter(case=case, ended_at=None, assignment__ended_at=None).exists()


# The deeds that take a case elsewhere end its assignments, and with them what was given for them.
GUESTS = register(
    Aside(
        Mark.INVITED,
        _is_invited,
        settle=lambda doing: None if _is_invited(doing.case) else doing.unmark(Mark.INVITED),
    )
)


def without_mobiles(words: str, *, field: str, instead: str) -> None:
    """Refuses (Invalid, at `field`) words for somebody outside in which a mobile number stands;
    `instead` says how one is given knowingly."""
    found = mobiles_in(words)
    if found:
        raise Invalid(
            _("这里写着手机号 %(phone)s，对方会看到全部。请删掉；%(instead)s")
            % {"phone": masked_phone(found[0]), "instead": instead},
            field=field,
        )


def hours() -> int:
    """How long an invitation holds."""
    return int(_figure("invitation_hours"))


def _figure(name: str) -> float:
    row = codes.term("figures", name)
    return float(row.data["value"]) if row is not None else _OTHERWISE[name]


def in_guests_hands(unit_ids: Iterable[int]) -> set[int]:
    """Ids of the cases that such units hold and somebody has an invitation for, or will be given one:
    sent a moment ago to a unit that never had anybody in post."""
    now, asked = clock.now(), set(unit_ids)
    if not asked:
        return set()
    invited = live(now).filter(unit_id__in=asked)
    found = set(invited.values_list("case_id", flat=True))
    outside = asked - posts.ever_staffed_unit_ids(asked)
    if outside:
        since = now - timedelta(minutes=_figure("invitation_grace_minutes"))
        fresh = Assignment.objects.filter(
            unit_id__in=outside, part="lead", ended_at=None, sent_at__gt=since, invitations=None
        )
        found |= set(fresh.values_list("case_id", flat=True))
    return found
