"""The staff list as a workbook: a template to fill, a filled one read, bad rows given back."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.sheets import tables
from gezhi.ground.sheets.tables import Field
from gezhi.records.posts.staffing import MOST_ROWS, Checked, StaffRow

FIELDS = (
    Field("staff_number", gettext_lazy("工号"), ("员工号", "人员编号", "工作证号"), True, 12),
    Field("name", gettext_lazy("姓名"), ("人员姓名",), True, 12),
    Field("phone", gettext_lazy("手机"), ("联系电话", "手机号码", "手机号", "电话", "联系方式")),
    Field("unit", gettext_lazy("单位"), ("所在单位", "部门", "单位名称"), width=24),
    Field("role", gettext_lazy("角色"), width=14),
    Field("post", gettext_lazy("岗位名称"), ("岗位", "职务"), width=18),
    Field("area", gettext_lazy("负责区域"), ("区域", "网格", "负责网格"), width=22),
    Field("profession", gettext_lazy("专业力量"), width=18),
    Field("meeting_words", gettext_lazy("何时何处可见"), width=30),
)
COLUMNS = {field.name: field.title for field in FIELDS}


def template(units: Sequence[str], roles: Sequence[str], professions: Sequence[str]) -> bytes:
    """An empty workbook with boxes to choose units, roles and professions from, and how to fill it."""
    offered = {"unit": tuple(units), "role": tuple(roles), "profession": tuple(professions)}
    fields = [replace(field, choices=offered.get(field.name, ())) for field in FIELDS]
    return tables.form(_("人员"), fields, _instructions(), most_rows=MOST_ROWS)


def bad_rows(checked: Sequence[Checked]) -> bytes:
    """The rows with problems as a workbook like the one that came: cells red, reasons at the end."""
    return tables.returned(
        _("人员"), FIELDS, [(asdict(line.row), line.problems) for line in checked]
    )


def read(content: bytes) -> tuple[list[StaffRow], list[int]]:
    """The rows of a filled workbook or CSV, texts as shown, with their numbers in the sheet.

    Refuses (Invalid) what `tables.rows_in` does.
    """
    rows = tables.rows_in(content, FIELDS, most_rows=MOST_ROWS)
    return [StaffRow(**row.cells) for row in rows], [row.number for row in rows]


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
