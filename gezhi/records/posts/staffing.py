"""Taking on many people at once, from a list an office keeps: checked row by row, then all in.

A row names a person and, if it names a unit, the post they take in it. Another row with the same
staff number and name is another post of the same person, in the list or here already; a list sent
again changes nothing. Administrators are never taken on by a list.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.accounts import actions as accounts
from gezhi.ground.accounts import rules as account_rules
from gezhi.ground.accounts.models import User
from gezhi.ground.audit import actions as audit
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Role, Viewer
from gezhi.records.posts import actions, rules
from gezhi.records.posts.models import Appointment, Post
from gezhi.records.posts.queries import running
from gezhi.records.posts.staff_list import Book, Checked, StaffRow
from gezhi.records.units.models import Unit

MOST_ROWS = 500
__all__ = ["MOST_ROWS", "Checked", "StaffRow", "TakenOn", "check", "seat", "take_on"]


@dataclass(frozen=True, slots=True)
class TakenOn:
    """A person taken on, with the one-time password to hand over; it is shown this once. Empty for
    somebody who was here already and got another post."""

    staff_number: str
    name: str
    unit: str
    password: str


def check(
    rows: Sequence[StaffRow], *, viewer: Viewer, numbers: Sequence[int] = ()
) -> list[Checked]:
    """Each line with its problems, in order; nothing is changed. `numbers` are the lines as they
    count in the sheet, from 2 on unless given.

    Refuses (Invalid) an empty list and one of more than 500 lines; only for the system
    administrator (NotPermitted).
    """
    require(viewer, Right.SET_UP)
    if not rows:
        raise Invalid(_("表里没有人，请从第二行开始填写"))
    if len(rows) > MOST_ROWS:
        raise Invalid(_("一次最多 %(most)s 人，请分成几张表") % {"most": MOST_ROWS})
    book = Book(viewer, [row.staff_number for row in rows])
    placed = numbers or range(2, len(rows) + 2)
    return [book.checked(number, row) for number, row in zip(placed, rows, strict=True)]


@transaction.atomic
def take_on(rows: Sequence[StaffRow], *, by: Viewer) -> list[TakenOn]:
    """Open accounts, make or fill posts and appoint everybody of the list, all or none. Whoever is
    here already gets only the posts they do not have; lines that are done are left as they are.

    A vacant post of the same unit, area, role and name is filled, else one is made. Two entries in
    the trail. Refuses (Conflict) when any line has a problem by now.
    """
    checked = check(rows, viewer=by)
    if not all(line.is_good for line in checked):
        raise Conflict(_("这些人里有的刚刚被别人改过，什么都没有导入，请再上传一次"))
    fresh = [line for line in checked if line.is_new]
    passwords = [account_rules.one_time_password() for _line in fresh]
    users = _accounts(fresh, passwords, by)
    here = {user.pk: user for user in User.objects.filter(pk__in=_known(checked))}
    by_number = {user.staff_number: user for user in (*here.values(), *users)}
    moved = [line for line in checked if line.place and not line.is_done]
    filled = _seat(moved, [by_number[line.staff_number] for line in moved], by)
    audit.record(
        by=by,
        verb="posts.take_on",
        subject_kind="district",
        subject_id=by.district_id,
        detail={"people": len(users), "appointments": filled},
    )
    newly = dict(zip((user.pk for user in users), passwords, strict=True))
    told = {line.staff_number: line for line in reversed(checked) if not line.is_done}
    return [
        TakenOn(user.staff_number, user.name, line.row.unit, newly.get(user.pk, ""))
        for number, line in reversed(told.items())
        for user in [by_number[number]]
    ]


def _known(checked: Sequence[Checked]) -> set[int]:
    return {line.user_id for line in checked if line.user_id}


def _accounts(fresh: Sequence[Checked], passwords: Sequence[str], by: Viewer) -> list[User]:
    if not fresh:
        return []
    return accounts.create_users(
        [
            accounts.NewUser(
                staff_number=line.row.staff_number,
                name=line.row.name,
                phone=line.row.phone,
                encoded_password=accounts.encode_one_time(password),
            )
            for line, password in zip(fresh, passwords, strict=True)
        ],
        by=by,
    )


@transaction.atomic
def seat(
    *,
    user: User,
    unit: Unit,
    role: str,
    by: Viewer,
    area_id: int | None = None,
    name: str = "",
    profession: str = "",
    meeting_words: str = "",
) -> Appointment:
    """Appoint somebody to a vacant post of this unit, area, role and name, made if there is none.

    Refuses what `create_post` and `appoint` refuse. The area is the unit's unless given.
    """
    area = area_id or unit.area_id
    post_name = name or str(rules.ROLE_NAMES[Role(rules.staff_role(role))])
    vacant = _vacant_posts({unit.pk}).get((unit.pk, area, role, post_name))
    post = vacant[-1] if vacant else actions.create_post(
        unit=unit, area_id=area, role=role, name=post_name, profession=profession,
        meeting_words=meeting_words, by=by,
    )  # fmt: skip
    return actions.appoint(post=post, user=user, by=by)


def _seat(checked: Sequence[Checked], users: Sequence[User], by: Viewer) -> int:
    unit_ids = {line.place.unit_id for line in checked if line.place}
    locked = Unit.objects.select_for_update().filter(pk__in=unit_ids, closed_at=None)
    units = {unit.pk: unit for unit in locked.order_by("id")}
    vacant = _vacant_posts(unit_ids)
    posts: list[Post] = []
    appointments: list[Appointment] = []
    now = clock.now()
    for line, user in zip(checked, users, strict=True):
        place = line.place
        if place is None:
            continue
        if place.unit_id not in units:
            raise Conflict(_("有单位刚刚撤并，什么都没有导入，请再上传一次"))
        waiting = vacant.get((place.unit_id, place.area_id, place.role, place.name))
        post = waiting.pop() if waiting else None
        if post is None:
            post = Post(
                district_id=units[place.unit_id].district_id,
                unit_id=place.unit_id,
                area_id=place.area_id,
                role=place.role,
                name=place.name,
                profession=place.profession,
                meeting_words=place.meeting_words,
            )
            posts.append(post)
        appointments.append(
            Appointment(district_id=post.district_id, post=post, user=user, from_at=now)
        )
    Post.objects.bulk_create(posts, batch_size=200)
    Appointment.objects.bulk_create(appointments, batch_size=200)
    return len(appointments)


def _vacant_posts(unit_ids: set[int]) -> dict[tuple[int, int, str, str], list[Post]]:
    taken = running(Appointment.objects.filter(post__unit_id__in=unit_ids)).values("post_id")
    found: dict[tuple[int, int, str, str], list[Post]] = {}
    rows = Post.objects.filter(unit_id__in=unit_ids, abolished_at=None).exclude(pk__in=taken)
    for post in rows.order_by("-id"):
        found.setdefault((post.unit_id, post.area_id, post.role, post.name), []).append(post)
    return found
