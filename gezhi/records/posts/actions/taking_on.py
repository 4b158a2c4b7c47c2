"""Taking people on and letting go of a mistake: one line of the list of staff, or a sheet of them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.accounts import actions as accounts
from gezhi.ground.accounts.models import User
from gezhi.ground.audit import actions as audit
from gezhi.ground.sheets.declared import Line, Made, PreviewLine
from gezhi.kernel import names
from gezhi.kernel.errors import Conflict
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import ADMINISTRATORS, Viewer
from gezhi.records.posts import queries
from gezhi.records.posts.actions.appointing import appoint
from gezhi.records.posts.actions.seating import post_for
from gezhi.records.posts.models import Appointment, Post
from gezhi.records.posts.staff_list import Book, PreviewPerson, StaffRow
from gezhi.records.units.models import Unit


@dataclass(frozen=True, slots=True)
class TakenOn:
    """A person taken on, with the one-time password to hand over; it is shown this once."""

    staff_number: str
    name: str
    unit: str
    password: str


class StaffBook:
    """The list of staff as the room of sheets reads and stores it."""

    def __init__(self, viewer: Viewer, lines: Sequence[Line]) -> None:
        self._viewer = viewer
        self._book = Book(viewer, [line.cells.get("staff_number", "") for line in lines])

    def preview(self, line: Line) -> PreviewLine:
        """The line with its problems; somebody known with another place gets another post."""
        without = {"unit", "role"} - line.cells.keys()
        person = self._book.preview(line.number, StaffRow(**line.cells), without=without)
        adds = person.is_good and not person.is_new and not person.is_done
        note = _("再加一个岗位") if adds else _("只建账号") if person.is_bare else ""
        return PreviewLine(line, person.problems, person.is_done, note, person)

    def store(self, previewed: PreviewLine) -> list[Made]:
        """Open the account where there is none, and seat the person; without a password, which is
        given out when somebody is there to write it down."""
        person: PreviewPerson = previewed.meant
        row, by = person.row, self._viewer
        made: list[Made] = []
        user = User.objects.filter(staff_number=person.staff_number).first()
        if user is None:
            new = accounts.NewUser(person.staff_number, row.name, row.phone)
            (user,) = accounts.create_users([new], by=by)
            made.append(Made("user", user.pk))
        elif names.person(user.name) != names.person(row.name):
            raise Conflict(_("这个工号已经有人使用，姓名不同，请核对"), field="staff_number")
        if person.place is not None:
            unit = Unit.objects.get(pk=person.place.unit_id)
            post, is_new = post_for(unit, person.place, by=by)
            if is_new:
                made.append(Made("post", post.pk))
            appointment = appoint(post=post, user=user, by=by)
            made.append(Made("appointment", appointment.pk))
        return made


@transaction.atomic
def take_on(row: StaffRow, *, by: Viewer) -> list[TakenOn]:
    """Open one account and seat the person, by the rules of the list, with a one-time password.

    Refuses (Conflict) what has a problem by now.
    """
    require(by, Right.SET_UP)
    line = Line(1, asdict(row))
    book = StaffBook(by, [line])
    previewed = book.preview(line)
    if not previewed.is_good:
        raise Conflict(_("刚刚被别人改过，请再看一遍"))
    made = book.store(previewed)
    return hand_out([one.id for one in made if one.kind == "user"], by=by)


def take_back(made: Sequence[Made], by: Viewer) -> None:
    """Take back what a row brought: the appointment, a post made for it, an account opened for it.

    Refuses (Conflict) whoever has logged in since: the post may have been used.
    """
    for one in reversed(made):
        if one.kind == "appointment":
            _leave(one.id, by)
        elif one.kind == "post":
            _unmake(one.id, by)
        elif one.kind == "user":
            user = User.objects.filter(pk=one.id).first()
            if user is not None:
                accounts.remove_unused(user=user, by=by)


def _leave(appointment_id: int, by: Viewer) -> None:
    rows = Appointment.objects.select_for_update().select_related("user")
    appointment = rows.filter(pk=appointment_id).first()
    if appointment is None:
        return
    logged_in = appointment.user.last_login
    if appointment.to_at is not None:
        raise Conflict(_("任职已经结束"))
    if logged_in is not None and logged_in >= appointment.from_at:
        raise Conflict(_("这个人后来登录过；请到“人员”里办理离岗"))
    _recorded(by, "appointment", appointment_id)
    appointment.delete()


def _unmake(post_id: int, by: Viewer) -> None:
    post = Post.objects.select_for_update().filter(pk=post_id).first()
    # Somebody else has taken the seat: then it stays.
    if post is not None and not post.appointments.exists():
        _recorded(by, "post", post_id)
        post.delete()


def _recorded(by: Viewer, kind: str, subject_id: int) -> None:
    audit.record(by=by, verb="posts.take_back", subject_kind=kind, subject_id=subject_id)


def hand_out(user_ids: Sequence[int], *, by: Viewer) -> list[TakenOn]:
    """One-time passwords for those of the accounts nobody has logged in to, shown this once; what
    was given out before does not count any more.

    None for administrators: theirs the security administrator gives.
    """
    users = list(User.objects.filter(pk__in=user_ids, last_login=None, is_active=True))
    held: dict[int, str] = {}
    keepers = set()
    for row in queries.running_appointments_of(users):
        held.setdefault(row.user_id, row.post.unit.name)
        if row.post.role in ADMINISTRATORS:
            keepers.add(row.user_id)
    order = {user_id: place for place, user_id in enumerate(user_ids)}
    chosen = sorted((one for one in users if one.pk not in keepers), key=lambda one: order[one.pk])
    passwords = accounts.give_one_time_passwords(users=chosen, by=by)
    return [
        TakenOn(user.staff_number, user.name, held.get(user.pk, ""), password)
        for user, password in zip(chosen, passwords, strict=True)
    ]
