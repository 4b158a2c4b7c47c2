"""A list of staff as somebody wrote it, and what it is previewed against; nothing is changed here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from gezhi.ground.accounts import rules as account_rules
from gezhi.ground.accounts.models import User
from gezhi.ground.codes.queries import terms
from gezhi.ground.sheets import tables
from gezhi.kernel import names
from gezhi.kernel.errors import Invalid
from gezhi.kernel.viewer import ADMINISTRATORS, Role, Viewer
from gezhi.records.places.areas_by_word import AreasByWord
from gezhi.records.posts import rules
from gezhi.records.posts.models import Appointment
from gezhi.records.posts.queries import current
from gezhi.records.units.models import Unit
from gezhi.records.units.queries import units_by_word


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
    profession: str = ""
    meeting_words: str = ""

    @property
    def bare(self) -> "Place":
        """What makes two posts the same one."""
        return Place(self.unit_id, self.area_id, self.role, self.name)


@dataclass(frozen=True, slots=True)
class PreviewPerson:
    """A line with what is wrong in it by cell; `place` is None for a person without a post."""

    number: int
    row: StaffRow
    problems: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = None
    staff_number: str = ""
    """The number in its one written form."""
    user_id: int | None = None
    """The account that is here already."""
    is_more: bool = False
    """Another post of somebody who stands in a line above."""
    is_done: bool = False
    """The person sits there already: there is nothing to do."""
    is_bare: bool = False
    """Only an account: the list has no column that tells what the person is to be."""

    @property
    def is_good(self) -> bool:
        """Whether the line can be taken on, or has been."""
        return not self.problems

    @property
    def is_new(self) -> bool:
        """Whether the line brings somebody who is not here yet."""
        return self.is_good and self.user_id is None and not self.is_more


class Book:
    """What a list is previewed against, read once: units, areas, roles, numbers in use."""

    def __init__(self, viewer: Viewer, numbers: Sequence[str]) -> None:
        self.viewer = viewer
        district_id = viewer.district_id or 0
        self.units = units_by_word(viewer, district_id)
        self.areas = AreasByWord(district_id)
        self.roles = {str(name): role for role, name in rules.ROLE_NAMES.items()}
        self.role_words = "、".join(str(rules.ROLE_NAMES[one]) for one in rules.fillable_by(viewer))
        known = terms("professions")
        self.profession_words = "、".join(row.name for row in known)
        self.professions = {
            word: row.code
            for row in known
            # 网格员（服务员） is written 网格员 by most.
            for word in (row.name, row.name.partition("（")[0], row.code)
        }
        plain = {_plain_number(number) for number in numbers} - {""}
        self.users = {
            user.staff_number: user for user in User.objects.filter(staff_number__in=plain)
        }
        # Where those who are here sit already; and who of them is an administrator.
        self.seats: set[tuple[str, Place]] = set()
        self.administrators: set[str] = set()
        held = current(Appointment.objects.filter(user__in=self.users.values()))
        for row in held.select_related("user", "post"):
            number, post = row.user.staff_number, row.post
            self.seats.add((number, Place(post.unit_id, post.area_id, post.role, post.name)))
            if post.role in ADMINISTRATORS:
                self.administrators.add(number)
        self.lines: dict[str, PreviewPerson] = {}

    def preview(
        self, number: int, row: StaffRow, *, without: Collection[str] = ()
    ) -> PreviewPerson:
        """The line with its problems by cell, and what it means for somebody known.

        `without` are columns the list has not: nobody is refused for what their list cannot say;
        without unit or role there is no post, only the account.
        """
        problems: dict[str, str] = {}
        for cell, rule in (
            ("staff_number", account_rules.staff_number),
            ("name", account_rules.person_name),
            ("phone", account_rules.phone),
        ):
            with tables.noting(problems, cell):
                rule(getattr(row, cell))
        is_bare = bool({"unit", "role"} & {*without})
        place = None
        if row.unit or row.role or row.post:
            place = self._place(row, problems, without)
        plain = _plain_number(row.staff_number)
        above, user = self.lines.get(plain), self.users.get(plain)
        is_done = is_bare and user is not None and self._is_here(row, user)
        if plain and (above or user) and not is_done:
            self._of_somebody_known(row, place, above, user, problems)
        if place is not None and user is not None:
            is_done = (plain, place.bare) in self.seats
        if place is not None and not is_done:
            self.seats.add((plain, place.bare))
        line = PreviewPerson(
            number=number,
            row=row,
            problems=problems,
            place=None if problems else place,
            staff_number=plain,
            user_id=user.pk if user else None,
            is_more=above is not None,
            is_done=is_done and not problems,
            is_bare=is_bare,
        )
        self.lines.setdefault(plain, line)
        return line

    def _is_here(self, row: StaffRow, user: User) -> bool:
        """Whether the account is what a row without a post asks for."""
        own = user.district_id == self.viewer.district_id and user.is_active
        return own and names.person(row.name) == names.person(user.name)

    def _of_somebody_known(
        self,
        row: StaffRow,
        place: Place | None,
        above: PreviewPerson | None,
        user: User | None,
        problems: dict[str, str],
    ) -> None:
        """A second line of the list, or a number that is here: another post, or a mistake."""
        plain = _plain_number(row.staff_number)
        name = user.name if user else above.row.name if above else ""
        if names.person(row.name) != names.person(name):
            problems.setdefault(
                "staff_number",
                _("这个工号已经有人使用，姓名不同，请核对")
                if user
                else _("第 %(line)s 行也是这个工号，姓名不同，请核对")
                % {"line": above.number if above else ""},
            )
        elif user is not None and (refused := self._refused(plain, user)):
            problems.setdefault("staff_number", refused)
        elif place is None and not {"unit", "role"} & set(problems):
            problems.setdefault(
                "staff_number",
                _(
                    "这个人已经有账号。要再加一个岗位，就在这一行填单位和角色；"
                    "要改资料，到“人员”里打开这个人"
                )
                if user
                else _("和第 %(line)s 行重复；要给同一个人再加一个岗位，就在这一行填单位和角色")
                % {"line": above.number if above else ""},
            )
        elif user is None and place is not None and (plain, place.bare) in self.seats:
            problems.setdefault("post", _("和上面一行一样，同一个岗位写了两次"))

    def _refused(self, plain: str, user: User) -> str:
        """Why somebody who is here gets no post by a list; "" when they may."""
        if user.district_id != self.viewer.district_id:
            return _("这个工号已经有人使用")
        if not user.is_active:
            return _("这个账号已停用，先到“人员”里打开这个人，点“启用”")
        if plain in self.administrators:
            return _("这个人是管理员，不能兼任业务岗位：三员分设")
        if user.pk == self.viewer.user_id:
            return _("不能给自己加岗位，请另一位管理员来做")
        return ""

    def _place(
        self, row: StaffRow, problems: dict[str, str], without: Collection[str]
    ) -> Place | None:
        unit = self.units.get(row.unit)
        role = self.roles.get(row.role)
        if unit is None and "unit" not in without:
            problems["unit"] = (
                _("没有这个单位，请照“单位”里的名称填写")
                if row.unit
                else _("没有填：要安排岗位就要有单位，名称照“单位”里的")
            )
        if role in ADMINISTRATORS:
            problems["role"] = _("管理员不能用表格导入，请安全管理员在岗位里任命")
        elif (role is None or role == Role.RESIDENT) and "role" not in without:
            said = (
                _("没有“%(word)s”这个角色，请在表里改成其中一个：%(roles)s")
                if row.role
                else _("没有填：要安排岗位就要有角色，是其中一个：%(roles)s")
            )
            problems["role"] = said % {"word": row.role, "roles": self.role_words}
        profession = self.professions.get(row.profession, "")
        if row.profession and not profession:
            problems["profession"] = _(
                "没有“%(word)s”这个专业力量，请在表里改成其中一个，或空着：%(professions)s"
            ) % {"word": row.profession, "professions": self.profession_words}
        area_id = self._area(row, unit, problems)
        if unit is None or role is None or area_id is None:
            return None
        name, meeting = str(rules.ROLE_NAMES[role]), ""
        with tables.noting(problems, "post"):
            name = rules.post_name(row.post) if row.post else name
        with tables.noting(problems, "meeting_words"):
            meeting = rules.meeting_words(row.meeting_words)
        return Place(unit.pk, area_id, role.value, name, profession, meeting)

    def _area(self, row: StaffRow, unit: Unit | None, problems: dict[str, str]) -> int | None:
        if not row.area:
            return unit.area_id if unit else None
        with tables.noting(problems, "area"):
            return self.areas.meant(row.area)
        return None


def _plain_number(text: str) -> str:
    """The number in its one written form; "" for none."""
    try:
        return account_rules.staff_number(text)
    except Invalid:
        return ""
