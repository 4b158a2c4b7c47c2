"""Taking on many people at once, from a list an office keeps: checked row by row, then all in.

A row names a person and, if it names a unit, the post they take in it. Administrators are never
taken on by a list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.accounts import actions as accounts
from gezhi.ground.accounts import rules as account_rules
from gezhi.ground.accounts.models import User
from gezhi.ground.accounts.rules import require
from gezhi.ground.audit import actions as audit
from gezhi.ground.codes.queries import terms
from gezhi.kernel import clock, words
from gezhi.kernel.errors import Conflict, Invalid
from gezhi.kernel.viewer import ADMINISTRATORS, Role, Viewer
from gezhi.records.places.models import Area
from gezhi.records.posts import actions, rules
from gezhi.records.posts.models import Appointment, Post
from gezhi.records.posts.queries import running
from gezhi.records.units.models import Unit
from gezhi.records.units.queries import open_units

MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One line as somebody wrote it: every cell a text, empty when not filled."""

    staff_number: str = ""
    name: str = ""
    phone: str = ""
    unit: str = ""
    role: str = ""
    post: str = ""
    area: str = ""
    profession: str = ""
    meeting_words: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person of the list is to sit, found out from the words of the row."""

    unit_id: int
    area_id: int
    role: str
    name: str
    profession: str
    meeting_words: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A line with what is wrong in it by cell; `place` is None for a person without a post."""

    number: int
    row: StaffRow
    problems: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = None

    @property
    def is_good(self) -> bool:
        """Whether the line can be taken on."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class TakenOn:
    """A person taken on, with the one-time password to hand over; it is shown this once."""

    staff_number: str
    name: str
    unit: str
    password: str


def check(rows: Sequence[StaffRow], *, viewer: Viewer) -> list[Checked]:
    """Each line with its problems, in order; nothing is changed.

    Refuses (Invalid) an empty list and one of more than 500 lines; only for the system
    administrator (NotPermitted).
    """
    require(viewer, Role.SYSTEM_ADMINISTRATOR)
    if not rows:
        raise Invalid(_("表里没有人，请从第二行开始填写"))
    if len(rows) > MOST_ROWS:
        raise Invalid(_("一次最多 %(most)s 人，请分成几张表") % {"most": MOST_ROWS})
    book = _Book(viewer)
    return [book.checked(number, row) for number, row in enumerate(rows, start=2)]


@transaction.atomic
def take_on(rows: Sequence[StaffRow], *, by: Viewer) -> list[TakenOn]:
    """Open accounts, make or fill posts and appoint everybody of the list, all or none.

    A vacant post of the same unit, area, role and name is filled, else one is made. Two entries in
    the trail. Refuses (Conflict) when any line has a problem by now.
    """
    checked = check(rows, viewer=by)
    if not all(line.is_good for line in checked):
        raise Conflict(_("这些人里有的刚刚被别人改过，什么都没有导入，请再上传一次"))
    passwords = [account_rules.one_time_password() for _line in checked]
    users = accounts.create_users(
        [
            accounts.NewUser(
                staff_number=line.row.staff_number,
                name=line.row.name,
                phone=line.row.phone,
                encoded_password=accounts.encode_one_time(password),
            )
            for line, password in zip(checked, passwords, strict=True)
        ],
        by=by,
    )
    filled = _seat(checked, users, by)
    audit.record(
        by=by,
        verb="posts.take_on",
        subject_kind="district",
        subject_id=by.district_id,
        detail={"people": len(users), "appointments": filled},
    )
    return [
        TakenOn(user.staff_number, user.name, line.row.unit, password)
        for user, line, password in zip(users, checked, passwords, strict=True)
    ]


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


class _Book:
    """What a list is checked against, read once: units, areas, roles, numbers in use."""

    def __init__(self, viewer: Viewer) -> None:
        district_id = viewer.district_id or 0
        self.units: dict[str, Unit] = {}
        for unit in open_units(viewer, district_id):
            self.units.setdefault(unit.short_name, unit)
        self.units |= {unit.name: unit for unit in open_units(viewer, district_id)}
        self.units.pop("", None)
        self.areas: dict[str, list[int]] = {}
        for area in Area.objects.filter(district_id=district_id, in_use=True):
            for word in {area.code, area.name, area.short_name} - {""}:
                self.areas.setdefault(word, []).append(area.pk)
        self.roles = {str(name): role for role, name in rules.ROLE_NAMES.items()}
        self.professions = {
            word: row.code
            for row in terms("professions")
            # 网格员（服务员） is written 网格员 by most.
            for word in (row.name, row.name.partition("（")[0], row.code)
        }
        self.numbers = set(User.objects.values_list("staff_number", flat=True))

    def checked(self, number: int, row: StaffRow) -> Checked:
        problems: dict[str, str] = {}
        for cell, rule in (
            ("staff_number", account_rules.staff_number),
            ("name", account_rules.person_name),
            ("phone", account_rules.phone),
        ):
            try:
                plain = rule(getattr(row, cell))
            except Invalid as refusal:
                problems[cell] = str(refusal.message)
                continue
            if cell == "staff_number":
                if plain in self.numbers:
                    problems[cell] = _("这个工号已经有人使用，或表里出现了两次")
                self.numbers.add(plain)
        place = self._place(row, problems) if row.unit or row.role or row.post else None
        return Checked(number, row, problems, None if problems else place)

    def _place(self, row: StaffRow, problems: dict[str, str]) -> Place | None:
        unit = self.units.get(row.unit)
        role = self.roles.get(row.role)
        if unit is None:
            problems["unit"] = _("没有这个单位，请照“单位”里的名称填写")
        if role is None or role == Role.RESIDENT:
            problems["role"] = _("没有这个角色，请从下拉框里选")
        elif role in ADMINISTRATORS:
            problems["role"] = _("管理员不能用表格导入，请安全管理员在岗位里任命")
        profession = self.professions.get(row.profession, "")
        if row.profession and not profession:
            problems["profession"] = _("没有这个专业力量")
        area_id = self._area(row, unit, problems)
        if unit is None or role is None or area_id is None:
            return None
        name = words.line(row.post)[:60] or str(rules.ROLE_NAMES[role])
        meeting = words.line(row.meeting_words)[:100]
        return Place(unit.pk, area_id, role.value, name, profession, meeting)

    def _area(self, row: StaffRow, unit: Unit | None, problems: dict[str, str]) -> int | None:
        if not row.area:
            return unit.area_id if unit else None
        found = self.areas.get(row.area, [])
        if len(found) == 1:
            return found[0]
        if found:
            problems["area"] = _("有好几个区域叫这个名字，请填区域代码")
        else:
            problems["area"] = _("没有这个区域，请填街道、社区或网格的名称或代码")
        return None
