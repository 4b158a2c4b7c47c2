"""The beginning of every import: the empty form, the filled one, and what came in before."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.desk import registry
from gezhi.faces.shell import menu
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.bodies import PLAIN_BYTES, takes_up_to
from gezhi.faces.shell.downloads import workbook_file
from gezhi.faces.shell.forms import PlainForm
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.accounts.queries import staff_numbers
from gezhi.ground.sheets import actions, declared, queries, tables
from gezhi.ground.sheets.declared import Sheet
from gezhi.ground.sheets.models import BatchState
from gezhi.kernel.errors import Refusal, Unseen
from gezhi.kernel.viewer import Viewer


class UploadForm(PlainForm):
    """The filled sheet."""

    file = forms.FileField(
        label=gettext_lazy("填好的表"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        words = _("xlsx、xls、ods 或 csv，最多 %(most)d 行、5 MB。")
        self.fields["file"].help_text = words % {"most": sheet.most_rows}


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch of before, in a list: when, whose, how it ended."""

    id: int
    begun_at: datetime
    who: str
    state: str
    is_running: bool
    stored: int
    refused: int


@takes_up_to(actions.MOST_BYTES + PLAIN_BYTES)
@never_cache
@require_http_methods(["GET", "POST"])
@staff_only()
def upload(request: HttpRequest, sheet: str) -> HttpResponse:
    """The page of the upload; what was sent is looked at on the page of its batch."""
    viewer = viewer_in(request)
    own = own_sheet(viewer, sheet)
    form = UploadForm(request.POST or None, request.FILES or None, sheet=own)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                content = form.cleaned_data["file"].read()
                made = actions.look_at(sheet=own, content=content, by=viewer)
            except Refusal as refusal:
                form.add_error("file", str(refusal.message))
            else:
                return HttpResponseRedirect(reverse("desk:sheet_batch", args=[made.pk]), status=303)
    context = {"sheet": own, "form": form, "batches": _before(viewer, own)}
    return render(
        request, "desk/sheets/upload.html", context | page_of(request, own), status=status
    )


@require_GET
@staff_only()
def template(request: HttpRequest, sheet: str) -> HttpResponse:
    """The empty workbook with boxes to choose from, and how to fill it."""
    viewer = viewer_in(request)
    own = own_sheet(viewer, sheet)
    fields = [replace(one, choices=tuple(own.offered(viewer, one.name))) for one in own.fields]
    content = tables.form(str(own.title), fields, own.instructions(), most_rows=own.most_rows)
    return workbook_file(content, _("%(sheet)s导入模板") % {"sheet": own.title})


def own_sheet(viewer: Viewer, name: str) -> Sheet:
    """The sheet of this name; Unseen for one the viewer may not bring in."""
    sheet = declared.find(name)
    if not viewer.may(sheet.right):
        raise Unseen("")
    return sheet


def page_of(request: HttpRequest, sheet: Sheet) -> dict[str, Any]:
    """How the pages of a sheet lead on, with its list marked in the rail."""
    page = registry.sheet_page(sheet.name)
    list_url = reverse(page.list_url) if page else reverse("desk:home")
    menu.stand_at(request, list_url)
    return {
        "list_url": list_url,
        "current_url": reverse(page.current_url, args=page.current_args)
        if page and page.current_url
        else "",
        "outcome": page.outcome if page else "",
        "looked_at": page.looked_at if page else "",
    }


def _before(viewer: Viewer, sheet: Sheet) -> list[BatchLine]:
    rows = list(queries.begun(viewer, sheet))
    people = staff_numbers({row.user_id for row in rows})
    found = []
    for row in rows:
        progress = queries.progress(row)
        found.append(
            BatchLine(
                id=row.pk,
                begun_at=row.created_at,
                who=people.get(row.user_id, ("", ""))[1],
                state=BatchState(row.state).label,
                is_running=row.state in (BatchState.STORING, BatchState.UNDOING),
                stored=progress.stored + progress.taken_back + progress.kept,
                refused=progress.refused,
            )
        )
    return found
