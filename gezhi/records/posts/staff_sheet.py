"""People by sheet: the columns of the list, one row stored, one row taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.accounts import actions as accounts
from gezhi.ground.accounts.models import User
from gezhi.ground.audit import actions as audit
from gezhi.ground.codes.queries import terms
from gezhi.ground.sheets.declared import Line, Made, PreviewLine, Sheet
from gezhi.ground.sheets.matching import Field, looks_like_phone
from gezhi.kernel import masking, phones, words
from gezhi.kernel.errors import Conflict
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import ADMINISTRATORS, Viewer
from gezhi.records.places.areas_by_word import area_names
from gezhi.records.posts import actions, queries, rules
from gezhi.records.posts.models import Appointment, Post
from gezhi.records.posts.staff_list import Book, PreviewPerson, StaffRow
from gezhi.records.posts.staffing import post_for
from gezhi.records.units.models import Unit
from gezhi.records.units.queries import open_units


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
        person = self._book.preview(line.number, StaffRow(**line.cells))
        adds = person.is_good and not person.is_new and not person.is_done
        note = _("再加一个岗位") if adds else ""
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
        elif words.line(user.name) != words.line(row.name):
            raise Conflict(_("这个工号已经有人使用，姓名不同，请核对"), field="staff_number")
        if person.place is not None:
            unit = Unit.objects.get(pk=person.place.unit_id)
            post, is_new = post_for(unit, person.place, by=by)
            if is_new:
                made.append(Made("post", post.pk))
            appointment = actions.appoint(post=post, user=user, by=by)
            made.append(Made("appointment", appointment.pk))
        return made


def looked_at(row: StaffRow, *, viewer: Viewer) -> PreviewPerson:
    """One person as a list of one: what is wrong by cell, who it is here already. Only for the
    system administrator (NotPermitted)."""
    require(viewer, Right.SET_UP)
    return Book(viewer, [row.staff_number]).preview(1, row)


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


def _offered(viewer: Viewer) -> Mapping[str, Sequence[str]]:
    return {
        "unit": [unit.name for unit in open_units(viewer, viewer.district_id or 0)],
        "role": [str(rules.ROLE_NAMES[role]) for role in rules.fillable_by(viewer)],
        "area": area_names(viewer),
        "profession": [row.name for row in terms("professions")],
    }


def _instructions() -> list[str]:
    return [
        _("一行一个岗位，从第二行开始；带 * 的必填。"),
        _("同一个人有几个岗位，就写几行，工号和姓名一样；已经有账号的人也可以这样再加岗位。"),
        _("工号用来登录，2 至 30 位字母或数字，不能与别人重复。"),
        _("单位、角色、专业力量从下拉框里选；只建账号不安排岗位，就都空着。"),
        _("负责区域填街道、社区或网格的名称或代码；空着就是单位所在的区域。"),
        _("上传后先核对再导入；有问题的行会单独退回，红色的格子是要改的。"),
        _("同一张表再传一次，已经导入的不会重复。"),
        _("系统管理员、安全管理员、审计管理员不能用表格导入。"),
    ]


def _masked_phone(text: str) -> str:
    return masking.masked_phone(phones.normalized(text))


STAFF = Sheet(
    name="staff",
    title=gettext_lazy("人员"),
    fields=(
        Field(
            "staff_number", gettext_lazy("工号"),
            ("员工号", "员工编号", "人员编号", "工作证号", "编号", "账号", "登录号"),
            needed=True, width=12, most=30,
        ),
        Field("name", gettext_lazy("姓名"), ("人员姓名", "名字"), needed=True, width=12, most=40),
        Field(
            "phone", gettext_lazy("手机"),
            ("联系电话", "手机号码", "手机号", "电话", "电话号码", "联系方式", "移动电话"),
            most=30, looks=looks_like_phone, masked=_masked_phone,
        ),
        Field(
            "unit", gettext_lazy("单位"),
            ("所在单位", "所属单位", "部门", "所在部门", "单位名称", "工作单位"), width=24, most=60,
        ),
        Field("role", gettext_lazy("角色"), ("系统角色",), width=14, most=30),
        Field("post", gettext_lazy("岗位名称"), ("岗位", "职务"), width=18, most=60),
        Field(
            "area", gettext_lazy("负责区域"),
            ("区域", "网格", "负责网格", "所在网格", "所属网格"), width=22, most=60,
        ),
        Field("profession", gettext_lazy("专业力量"), ("专业",), width=18, most=30),
        Field("meeting_words", gettext_lazy("何时何处可见"), width=30, most=100),
    ),
    right=Right.SET_UP,
    book=StaffBook,
    take_back=take_back,
    offered=_offered,
    instructions=_instructions,
)  # fmt: skip
