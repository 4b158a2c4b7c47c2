"""People by Excel: template, upload, look at it, then in; bad rows back as their own workbook."""

from dataclasses import asdict

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.desk.setup import choices, sheets
from gezhi.faces.desk.setup.forms import SetupForm
from gezhi.faces.shell.access import posted_from, staff_only
from gezhi.faces.shell.bodies import PLAIN_BYTES, takes_up_to
from gezhi.faces.shell.downloads import workbook_file
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.codes.queries import terms
from gezhi.ground.sheets import tables
from gezhi.kernel.errors import Invalid, Refusal
from gezhi.kernel.viewer import Role
from gezhi.records.posts.staffing import Checked, StaffRow, check, take_on

_SALT = "gezhi.setup.staff"
_AN_HOUR = 3600


class UploadForm(SetupForm):
    """The filled workbook."""

    file = forms.FileField(
        label=gettext_lazy("填好的表"),
        help_text=gettext_lazy("xlsx、xls、ods 或 csv。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )


@takes_up_to(tables.MOST_BYTES + PLAIN_BYTES)
@never_cache
@require_http_methods(["GET", "POST"])
@staff_only(Role.SYSTEM_ADMINISTRATOR)
def staff_import(request: HttpRequest) -> HttpResponse:
    """Upload a workbook; what it would bring is shown, nothing is changed yet."""
    viewer = viewer_in(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            rows, numbers = sheets.read(form.cleaned_data["file"].read())
            checked = check(rows, viewer=viewer, numbers=numbers)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            good = [line for line in checked if line.is_good and not line.is_done]
            bad = [line for line in checked if not line.is_good]
            context |= {
                "good": good,
                "done": sum(line.is_done for line in checked),
                "bad": [(line, _reasons(line)) for line in bad],
                "good_rows": _packed(good),
                "bad_rows": _packed(bad),
            }
            return render(request, "desk/setup/staff_preview.html", context)
    if form.errors:
        status = 422
    return render(request, "desk/setup/staff_import.html", context, status=status)


@never_cache
@staff_only(Role.SYSTEM_ADMINISTRATOR)
@posted_from("desk:setup:staff_import")
def staff_take_on(request: HttpRequest) -> HttpResponse:
    """Take the good rows on, all of them; their one-time passwords are shown this once."""
    try:
        taken = take_on(_unpacked(request.POST.get("rows", "")), by=viewer_in(request))
    except Refusal as refusal:
        form = UploadForm(None)
        context = {"form": form, "refusal": str(refusal.message)}
        return render(request, "desk/setup/staff_import.html", context, status=refusal.status)
    if not taken:
        words = _(
            "这些人和岗位都已经在库里了，没有重复导入。没抄到临时密码的，打开这个人，重新发一个。"
        )
        messages.info(request, words)
        return HttpResponseRedirect(reverse("desk:setup:staff"), status=303)
    return render(request, "desk/setup/passwords.html", {"taken": taken})


@require_GET
@staff_only(Role.SYSTEM_ADMINISTRATOR)
def staff_template(request: HttpRequest) -> HttpResponse:
    """The empty workbook with this office's units and roles to choose from."""
    viewer = viewer_in(request)
    return workbook_file(
        sheets.template(
            [name for _id, name in choices.open_units(viewer)],
            [name for _code, name in choices.roles(viewer)],
            [row.name for row in terms("professions")],
        ),
        _("人员导入模板"),
    )


@staff_only(Role.SYSTEM_ADMINISTRATOR)
@posted_from("desk:setup:staff_import")
def staff_errors(request: HttpRequest) -> HttpResponse:
    """The bad rows as a workbook, red where something is to be put right."""
    try:
        checked = check(_unpacked(request.POST.get("rows", "")), viewer=viewer_in(request))
    except Invalid as refusal:
        context = {"form": UploadForm(None), "refusal": str(refusal.message)}
        return render(request, "desk/setup/staff_import.html", context, status=422)
    return workbook_file(sheets.bad_rows(checked), _("要改的人员"))


def _reasons(line: Checked) -> list[str]:
    return [f"{sheets.COLUMNS[cell]}：{why}" for cell, why in line.problems.items()]


def _packed(lines: list[Checked]) -> str:
    """Rows on their way through the browser: signed, so that what was looked at is what goes in."""
    rows = [list(asdict(line.row).values()) for line in lines]
    return signing.dumps(rows, salt=_SALT, compress=True) if rows else ""


def _unpacked(text: str) -> list[StaffRow]:
    try:
        return [StaffRow(*cells) for cells in signing.loads(text, salt=_SALT, max_age=_AN_HOUR)]
    except signing.BadSignature as error:
        raise Invalid(_("这一页放得太久了，请重新上传一次")) from error
