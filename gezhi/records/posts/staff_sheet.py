"""People by sheet: the columns of the list, one row stored, one row taken back."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.codes.queries import terms
from gezhi.ground.sheets.declared import Sheet
from gezhi.ground.sheets.matching import Field, looks_like_phone
from gezhi.kernel import masking
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer
from gezhi.records.places.areas_by_word import area_names
from gezhi.records.posts import rules
from gezhi.records.posts.actions.taking_on import StaffBook, take_back
from gezhi.records.posts.staff_list import Book, PreviewPerson, StaffRow
from gezhi.records.units.queries import open_units


def looked_at(row: StaffRow, *, viewer: Viewer) -> PreviewPerson:
    """One person as a list of one: what is wrong by cell, who it is here already. Only for the
    system administrator (NotPermitted)."""
    require(viewer, Right.SET_UP)
    return Book(viewer, [row.staff_number]).preview(1, row)


def _offered(viewer: Viewer, field: str) -> Sequence[str]:
    match field:
        case "unit":
            return [unit.name for unit in open_units(viewer, viewer.district_id or 0)]
        case "role":
            return [str(rules.ROLE_NAMES[role]) for role in rules.fillable_by(viewer)]
        case "area":
            return area_names(viewer)
        case "profession":
            return [row.name for row in terms("professions")]
        case _:
            return ()


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
            most=30, looks=looks_like_phone, masked=masking.masked_phone,
        ),
        Field(
            "unit", gettext_lazy("单位"),
            ("所在单位", "所属单位", "部门", "所在部门", "单位名称", "工作单位"), width=24, most=60,
            for_all=True, goes_with=("role", "post"),
            without=gettext_lazy("不知道是哪个单位的人，就只建账号，不安排岗位。"),
        ),
        Field(
            "role", gettext_lazy("角色"), ("系统角色",), width=14, most=30,
            for_all=True, goes_with=("unit", "post"),
            without=gettext_lazy(
                "角色说明一个人在这里做什么（如网格员、受理员）。不知道角色，就只建账号，不安排岗位。"
            ),
        ),
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
