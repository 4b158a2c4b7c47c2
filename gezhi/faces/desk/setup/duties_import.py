"""Duties by Excel: the form or the list as it stands, upload, look at it, then in; bad rows back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gezhi.faces.desk.setup import choices
from gezhi.faces.desk.setup.sheets import FilledSheet
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.bodies import PLAIN_BYTES, takes_up_to
from gezhi.faces.shell.downloads import workbook_file
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.codes.queries import terms
from gezhi.ground.sheets.tables import MOST_BYTES, Field
from gezhi.kernel.errors import Refusal
from gezhi.kernel.rights import Right
from gezhi.records.duties.listing import MOST_ROWS, DutyRow, add_list, check_list
from gezhi.records.duties.models import ListKind

SHEET = FilledSheet(
    title=gettext_lazy("权责清单"),
    # The headings of the exported list are read as well: taken along, changed, sent back.
    fields=(
        Field("class_code", gettext_lazy("类别代码"), ("类别", "事项类别", "代码"), True, 18),
        Field("name", gettext_lazy("事项"), ("事项名称", "履职事项"), width=30),
        Field("area", gettext_lazy("适用区域"), ("区域", "区域代码"), True, 20),
        Field("list_kind", gettext_lazy("清单"), ("清单类别",), width=12),
        Field("lead_unit", gettext_lazy("主办单位"), ("主办", "牵头单位", "责任单位"), True, 24),
        Field("assist_units", gettext_lazy("配合单位"), ("配合", "协办单位"), width=30),
        Field("legal_basis", gettext_lazy("依据"), ("法律依据", "法定依据"), width=40),
        Field("valid_from", gettext_lazy("从哪天起"), ("生效日期", "起始日期"), width=14),
    ),
    row=DutyRow,
    check=check_list,
    most_rows=MOST_ROWS,
    salt="gezhi.setup.duties",
    upload_page="desk/setup/duties_import.html",
    preview_page="desk/setup/duties_preview.html",
    hint=gettext_lazy("xlsx、xls、ods 或 csv，最多 1000 条。"),
)


@takes_up_to(MOST_BYTES + PLAIN_BYTES)
@never_cache
@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def duties_import(request: HttpRequest) -> HttpResponse:
    """Upload a sheet; what it would bring is shown, nothing is changed yet."""
    return SHEET.uploaded(request)


@takes_up_to(MOST_BYTES + PLAIN_BYTES)
@never_cache
@require_POST
@staff_only(Right.SET_UP)
def duties_add(request: HttpRequest) -> HttpResponse:
    """Bring the good rows in, all of them; sent again it changes nothing."""
    try:
        listed = add_list(SHEET.unpacked(request), by=viewer_in(request))
    except Refusal as refusal:
        return SHEET.refused(request, refusal)
    words = _("已导入 %(added)s 条，其中 %(replaced)s 条换下了原来的；%(unchanged)s 条没有变。")
    messages.success(
        request,
        words
        % {
            "added": listed.added,
            "replaced": listed.replaced,
            "unchanged": listed.unchanged,
        },
    )
    return HttpResponseRedirect(reverse("desk:setup:duties"), status=303)


@require_GET
@staff_only(Right.SET_UP)
def duties_template(request: HttpRequest) -> HttpResponse:
    """The empty sheet with this office's units, areas and lists to choose from."""
    viewer = viewer_in(request)
    offered = {
        "class_code": [row.code for row in terms("matters")],
        "area": choices.area_names(viewer),
        "list_kind": [str(kind.label) for kind in ListKind],
        "lead_unit": [name for _id, name in choices.open_units(viewer)],
    }
    return workbook_file(SHEET.template(offered, _instructions()), _("权责清单导入模板"))


@takes_up_to(MOST_BYTES + PLAIN_BYTES)
@require_POST
@staff_only(Right.SET_UP)
def duties_errors(request: HttpRequest) -> HttpResponse:
    """The bad rows as a workbook, red where something is to be put right."""
    return SHEET.bad_rows(request, _("要改的权责"))


def _instructions() -> list[str]:
    return [
        _("一行一条权责，从第二行开始；带 * 的必填。"),
        _("类别填名称或代码，整类或一个小类都行；同名的请填代码。"),
        _("适用区域填街道、社区或网格的名称或代码。"),
        _("清单不填就是“基本履职”；配合单位有几个，用顿号隔开。"),
        _("从哪天起写成 2027-01-01；空着就是今天。"),
        _("同一类别、区域和清单已有一条、内容不同的，导入后换下原来那条；内容一样的不动。"),
        _("上传后先核对再导入；有问题的行会单独退回，红色的格子是要改的。"),
    ]
