"""What somebody outside reads by an invitation, and what staff read of invitations."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from gezhi.ground.accounts import queries as accounts
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, secrets
from gezhi.kernel.errors import Unseen
from gezhi.kernel.fields import open_sealed
from gezhi.kernel.paging import DEFAULT_SIZE, Page, page_of, row_id_of
from gezhi.kernel.rights import Right, require
from gezhi.kernel.scope import asked_of_each
from gezhi.kernel.viewer import Viewer
from gezhi.kernel.words import shown
from gezhi.records.units import queries as units
from gezhi.work.cases.invitations import InvitationContact
from gezhi.work.cases.inviting import Held, held, live
from gezhi.work.cases.models import (
    Attachment,
    CaseWords,
    Invitation,
    Step,
)
from gezhi.work.cases.queries.visible import visible_to
from gezhi.work.cases.rules import Deed, Mark, State
from gezhi.work.invitations.models import Visit

# What was done by the unit, or said to it, since it was sent the case.
_TOLD = (Deed.TAKE, Deed.FINISH, Deed.ASSIST, Deed.INQUIRE, Deed.RESPOND, Deed.CHECK, Deed.URGE)


@dataclass(frozen=True, slots=True)
class GuestStep:
    """One step as the unit reads it: no person is named."""

    deed: str
    at: datetime
    words: str
    passed: bool
    own: bool
    file_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GuestPage:
    """All that whoever holds the invitation reads; nothing of who reported it. Of what its unit has
    done: that it is done, and nothing more of the case."""

    invitation: Invitation
    number: str
    version: int
    unit_name: str
    class_name: str
    place_words: str
    brief: str = field(repr=False)
    contact: str = field(repr=False)
    state: str
    due_at: datetime
    done_at: datetime | None
    is_lead: bool
    may_take: bool
    may_ask: bool
    may_finish: bool
    steps: tuple[GuestStep, ...]
    file_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """One invitation as staff read it: for whom, by whom, until when, opened when."""

    id: int
    case_number: str
    title: str
    unit_name: str
    made_by: str
    made_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    ended_by: str
    ending: str
    is_live: bool
    # When its unit said that it is done: it opens nothing then but that.
    done_at: datetime | None
    opened: tuple[datetime, ...]
    wrong_codes: int


def at_door(link: str) -> Invitation:
    """The invitation of a link, whether it holds or not; Unseen for a link nobody made."""
    known = secrets.blind_indexes("invitation", link)
    found = Invitation.objects.filter(link_index__in=known).first()
    if found is None:
        raise Unseen(_("没有找到这一页"))
    return found


def guest_page(invitation: Invitation) -> GuestPage:
    """What the unit may read of its case now; Unseen once the invitation holds no more."""
    held_now = held(invitation)
    if held_now is Held.OVER:
        raise Unseen(_("这个链接已经失效"))
    is_open = held_now is Held.OPEN
    invitation = Invitation.objects.select_related("case", "assignment").get(pk=invitation.pk)
    case, assignment = invitation.case, invitation.assignment
    is_lead = assignment.part == "lead"
    state, hung = State(case.state), Mark.HUNG in case.all_marks
    holding = is_lead and case.holder_id == invitation.unit_id and not hung
    owing = not is_lead and assignment.finished_at is None
    words = CaseWords.objects.filter(case=case).first() if is_open else None
    contact = _contact(invitation) if is_open else None
    class_term = codes.term("matters", case.class_code, pack_id=case.pack_id)
    files = _files(invitation) if is_open else defaultdict(list)
    steps = _steps(invitation) if is_open else []
    return GuestPage(
        invitation=invitation,
        number=case.number,
        version=case.version,
        unit_name=units.names_of({invitation.unit_id}).get(invitation.unit_id, ""),
        class_name=class_term.label if class_term else "",
        place_words=shown(words.place_words) if words else "",
        brief=_brief(invitation) if is_open else "",
        contact=shown(open_sealed(contact, "words")) if contact else "",
        state=case.state,
        due_at=min(assignment.due_at, case.origin_due_at or assignment.due_at),
        done_at=assignment.finished_at,
        is_lead=is_lead,
        may_take=holding and state is State.DISPATCHED,
        may_ask=is_open and state in (State.DISPATCHED, State.HANDLING),
        may_finish=(holding and state is State.HANDLING) or owing,
        steps=tuple(_told(step, invitation, files) for step in steps),
        file_ids=tuple(files[None]),
    )


def may_look(invitation: Invitation, file_id: int) -> bool:
    """Whether this photo is one of those its page shows, while there is something to do."""
    if held(invitation) is not Held.OPEN:
        return False
    return any(file_id in found for found in _files(invitation).values())


def _contact(invitation: Invitation) -> InvitationContact | None:
    return InvitationContact.objects.filter(invitation=invitation).first()


def _brief(invitation: Invitation) -> str:
    made = Step.objects.filter(case_id=invitation.case_id, deed=Deed.INVITE)
    for step in made.select_related("words").order_by("-serial"):
        if step.detail.get("invitation") == invitation.pk:
            words = getattr(step, "words", None)
            return shown(words.text) if words else ""
    return ""


def _steps(invitation: Invitation) -> list[Step]:
    """The newest first; what others assist or ask is none of this unit's."""
    since = invitation.assignment.sent_at
    rows = Step.objects.filter(case_id=invitation.case_id, deed__in=_TOLD, recorded_at__gte=since)
    found = list(rows.select_related("words").order_by("-serial"))
    private = (Deed.INQUIRE, Deed.ASSIST)
    return [
        step for step in found if step.deed not in private or step.unit_id == invitation.unit_id
    ]


def _files(invitation: Invitation) -> "defaultdict[int | None, list[int]]":
    """The photos it shows: by the step of the unit's own that brought them, None for the reports'."""
    rows = Attachment.objects.filter(case_id=invitation.case_id).order_by("id")
    found: defaultdict[int | None, list[int]] = defaultdict(list)
    shown_steps = {step.pk for step in _steps(invitation) if step.unit_id == invitation.unit_id}
    for step_id, report_id, file_id in rows.values_list("step_id", "report_id", "file_id"):
        if step_id in shown_steps:
            found[step_id].append(file_id)
        elif report_id is not None and invitation.shows_photos:
            found[None].append(file_id)
    return found


def _told(
    step: Step, invitation: Invitation, files: "defaultdict[int | None, list[int]]"
) -> GuestStep:
    words = getattr(step, "words", None)
    # A neighbor who urges may have said who they are.
    silent = step.deed == Deed.URGE and step.user_id is None
    return GuestStep(
        deed=step.deed,
        at=step.happened_at,
        words=shown(words.text) if words and not silent else "",
        passed=step.deed == Deed.CHECK and step.to_state == State.CHECKING,
        own=step.unit_id == invitation.unit_id,
        file_ids=tuple(files.get(step.pk, ())),
    )


def listed(viewer: Viewer, *, ended: bool, after: str = "") -> Page[InvitationLine]:
    """The invitations of the cases a viewer sees, those that hold or (`ended`) those that do not any
    more, newest first; NotPermitted for whoever has nothing to do with them."""
    require(viewer, Right.SEE_GUESTS)
    rows = Invitation.objects.filter(_case_seen(viewer), district_id=viewer.district_id or 0)
    holding = live().values("pk")
    rows = rows.exclude(pk__in=holding) if ended else rows.filter(pk__in=holding)
    if after:
        rows = rows.filter(pk__lt=row_id_of(after))
    found = rows.select_related("case", "case__words", "assignment").order_by("-id")[
        : DEFAULT_SIZE + 1
    ]
    return page_of(_lines(found, is_live=not ended), DEFAULT_SIZE)


def count_live(viewer: Viewer) -> int:
    """How many invitations hold for cases the viewer sees."""
    return live().filter(_case_seen(viewer), district_id=viewer.district_id or 0).count()


def _case_seen(viewer: Viewer) -> Q:
    """Asked of each by its case: the cases somebody may see are many more."""
    return asked_of_each(visible_to(viewer).filter(pk=OuterRef("case_id")))


def of_case(viewer: Viewer, case_id: int) -> Sequence[InvitationLine]:
    """Those of one case that the viewer was let in to, newest first; none for whoever has nothing
    to do with them."""
    if not viewer.may(Right.SEE_GUESTS):
        return ()
    rows = Invitation.objects.filter(case_id=case_id)
    rows = rows.select_related("case", "case__words", "assignment")
    holding = set(live().filter(case_id=case_id).values_list("pk", flat=True))
    return _lines(rows.order_by("-id"), holding=holding)


def _lines(
    rows: "QuerySet[Invitation]", *, is_live: bool = False, holding: set[int] | None = None
) -> list[InvitationLine]:
    found = list(rows)
    people = {who for row in found for who in (row.made_by, row.ended_by) if who}
    names = accounts.names(people) if people else {}
    unit_names = units.names_of({row.unit_id for row in found}) if found else {}
    opened: defaultdict[int, list[datetime]] = defaultdict(list)
    wrong: defaultdict[int, int] = defaultdict(int)
    for visit in Visit.objects.filter(invitation__in=[row.pk for row in found]).order_by("id"):
        if visit.device:
            opened[visit.invitation_id].append(visit.at)
        else:
            wrong[visit.invitation_id] += 1
    return [
        InvitationLine(
            id=row.pk,
            case_number=row.case.number,
            title=shown(row.case.words.title) if hasattr(row.case, "words") else "",
            unit_name=unit_names.get(row.unit_id, ""),
            made_by=names.get(row.made_by or 0, ""),
            made_at=row.made_at,
            ends_at=row.ends_at,
            ended_at=row.ended_at,
            ended_by=names.get(row.ended_by or 0, ""),
            ending=row.ending or ("" if row.ends_at > clock.now() else "over"),
            is_live=row.pk in holding if holding is not None else is_live,
            done_at=row.assignment.finished_at,
            opened=tuple(opened[row.pk]),
            wrong_codes=wrong[row.pk],
        )
        for row in found
    ]
