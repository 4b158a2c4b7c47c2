"""People by Excel: template, upload, look at it, then in; bad rows back as their own workbook."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.desk.setup import choices
from gezhi.faces.desk.setup.sheets import FilledSheet
from gezhi.faces.shell.access import posted_from, staff_only
from gezhi.faces.shell.bodies import PLAIN_BYTES, takes_up_to
from gezhi.faces.shell.downloads import workbook_file
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.codes.queries import terms
from gezhi.ground.sheets.tables import MOST_BYTES, Field
from gezhi.kernel.errors import Refusal
from gezhi.kernel.rights import Right
from gezhi.records.posts.staffing import MOST_ROWS, StaffRow, check, take_on

SHEET = FilledSheet(
    title=gettext_lazy("人员"),
    fields=(
        Field("staff_number", gettext_lazy("工号"), ("员工号", "人员编号", "工作证号"), True, 12),
        Field("name", gettext_lazy("姓名"), ("人员姓名",), True, 12),
        Field(
            "phone", gettext_lazy("手机"), ("联系电话", "手机号码", "手机号", "电话", "联系方式")
        ),
        Field("unit", gettext_lazy("单位"), ("所在单位", "部门", "单位名称"), width=24),
        Field("role", gettext_lazy("角色"), width=14),
        Field("post", gettext_lazy("岗位名称"), ("岗位", "职务"), width=18),
        Field("area", gettext_lazy("负责区域"), ("区域", "网格", "负责网格"), width=22),
        Field("profession", gettext_lazy("专业力量"), width=18),
        Field("meeting_words", gettext_lazy("何时何处可见"), width=30),
    ),
    row=StaffRow,
    check=check,
    most_rows=MOST_ROWS,
    salt="gezhi.setup.staff",
    upload_page="desk/setup/staff_import.html",
    preview_page="desk/setup/staff_preview.html",
    hint=gettext_lazy("xlsx、xls、ods 或 csv。"),
)


@takes_up_to(MOST_BYTES + PLAIN_BYTES)
@never_cache
@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def staff_import(request: HttpRequest) -> HttpResponse:
    """Upload a workbook; what it would bring is shown, nothing is changed yet."""
    return SHEET.uploaded(request)


@never_cache
@staff_only(Right.SET_UP)
@posted_from("desk:setup:staff_import")
def staff_take_on(request: HttpRequest) -> HttpResponse:
    """Take the good rows on, all of them; their one-time passwords are shown this once."""
    try:
        taken = take_on(SHEET.unpacked(request), by=viewer_in(request))
    except Refusal as refusal:
        return SHEET.refused(request, refusal)
    if not taken:
        words = _(
            "这些人和岗位都已经在库里了，没有重复导入。没抄到临时密码的，打开这个人，重新发一个。"
        )
        messages.info(request, words)
        return HttpResponseRedirect(reverse("desk:setup:staff"), status=303)
    return render(request, "desk/setup/passwords.html", {"taken": taken})


@require_GET
@staff_only(Right.SET_UP)
def staff_template(request: HttpRequest) -> HttpResponse:
    """The empty workbook with this office's units and roles to choose from."""
    viewer = viewer_in(request)
    offered = {
        "unit": [name for _id, name in choices.open_units(viewer)],
        "role": [name for _code, name in choices.roles(viewer)],
        "profession": [row.name for row in terms("professions")],
    }
    return workbook_file(SHEET.template(offered, _instructions()), _("人员导入模板"))


@staff_only(Right.SET_UP)
@posted_from("desk:setup:staff_import")
def staff_errors(request: HttpRequest) -> HttpResponse:
    """The bad rows as a workbook, red where something is to be put right."""
    return SHEET.bad_rows(request, _("要改的人员"))


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
