"""One batch: looked at, its columns chosen, stored with its progress, what came of it, undone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.desk import registry
from gezhi.faces.desk.sheets.upload import page_of
from gezhi.faces.shell.access import posted_from, staff_only
from gezhi.faces.shell.downloads import workbook_file
from gezhi.faces.shell.htmx import wants_part
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.taking import purpose_asked, taken_along
from gezhi.ground.accounts.queries import staff_numbers
from gezhi.ground.sheets import actions, declared, queries
from gezhi.ground.sheets.declared import PreviewLine, Sheet
from gezhi.ground.sheets.marks import mark_for
from gezhi.ground.sheets.matching import Column as SheetColumn
from gezhi.ground.sheets.matching import Field, known_by
from gezhi.ground.sheets.models import BatchState, SheetBatch
from gezhi.ground.sheets.queries import RowSeen
from gezhi.ground.sheets.writing import Column
from gezhi.kernel.errors import Conflict, Refusal, Unseen
from gezhi.kernel.ids import typed_id
from gezhi.kernel.viewer import Viewer

_A_PLACE = re.compile(r"[0-9]{1,3}")
# So many rows are shown; the others go in, or back in red, all the same.
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class GoodLine:
    """A row that can go in: its cells with their headings, a word about it."""

    number: int
    cells: list[tuple[str, str]]
    note: str


@dataclass(frozen=True, slots=True)
class BadLine:
    """A row that cannot: what to know it by, what is wrong."""

    number: int
    known_by: str
    reasons: list[str]


@never_cache
@require_GET
@staff_only()
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """A batch as it stands: to be looked at, on its way, or ended."""
    viewer = viewer_in(request)
    row = queries.batch(viewer, batch_id)
    if row.state == BatchState.LOOKED_AT:
        return _preview(request, viewer, row)
    sheet = declared.find(row.sheet)
    context = _run(row, sheet) | page_of(request, sheet)
    if row.state in (BatchState.STORING, BatchState.UNDOING):
        name = "_progress" if wants_part(request) else "progress"
        return render(request, f"desk/sheets/{name}.html", context)
    if wants_part(request):
        # The progress that asks is over: the page of the outcome takes its place.
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "desk/sheets/outcome.html", context | _outcome(row, sheet))


@never_cache
@staff_only()
@posted_from("desk:sheet_batch", "batch_id")
def match(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Say which column is which of ours, or what rows mean that say nothing in a field; the batch
    is looked at anew."""
    words = {
        name.removeprefix("all_"): str(value)
        for name, value in request.POST.items()
        if name.startswith("all_")
    }
    if words:
        return _deed(
            request, batch_id, lambda by: actions.say_for_all(batch_id=batch_id, words=words, by=by)
        )
    chosen = {
        int(place): str(value)
        for name, value in request.POST.items()
        if name.startswith("column_") and _A_PLACE.fullmatch(place := name.removeprefix("column_"))
    }
    return _deed(
        request, batch_id, lambda by: actions.match(batch_id=batch_id, chosen=chosen, by=by)
    )


@never_cache
@staff_only()
@posted_from("desk:sheet_batch", "batch_id")
def begin(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Store the good rows, as they were looked at."""
    version = typed_id(request.POST.get("version", "")) or 0
    return _deed(
        request, batch_id, lambda by: actions.begin(batch_id=batch_id, version=version, by=by)
    )


@never_cache
@staff_only()
@posted_from("desk:sheet_batch", "batch_id")
def go_on(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Ask once more for what stands still."""
    return _deed(request, batch_id, lambda by: actions.go_on(batch_id=batch_id, by=by))


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only()
def undo(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Take back what a batch made; asks first."""
    viewer = viewer_in(request)
    row = queries.batch(viewer, batch_id)
    if request.method == "POST":
        return _deed(request, batch_id, lambda by: actions.undo(batch_id=batch_id, by=by))
    stored = queries.progress(row).stored
    context = {
        "title": ngettext("撤销导入的 %(rows)d 行？", "撤销导入的 %(rows)d 行？", stored)
        % {"rows": stored},
        "text": _(
            "这一批加进来的会删掉，换下的会恢复原样。导入以后有人改过、用过的不动，会列出来告诉您。"
        ),
        "deed": _("撤销这一批"),
        "kind": "danger",
        "back_url": reverse("desk:sheet_batch", args=[batch_id]),
    }
    return render(request, "shell/confirm.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only()
def bad_rows(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """The rows that did not go in, red where something is to be put right. What goes back as it came
    tells of people: what for is asked first."""
    viewer = viewer_in(request)
    row = queries.batch(viewer, batch_id)
    sheet = declared.find(row.sheet)
    name = _("要改的%(sheet)s") % {"sheet": sheet.title_behind}
    personal = [Column(str(one.title), personal=True) for one in sheet.fields if one.masked]
    asked = purpose_asked(
        request,
        personal if sheet.own_back else (),
        title=_("下载%(name)s") % {"name": name},
        deed=_("下载"),
        back_url=reverse("desk:sheet_batch", args=[batch_id]),
    )
    if not isinstance(asked, str):
        return asked
    mark = mark_for(viewer, asked) if asked else None
    content = queries.bad_rows(row, viewer, mark)
    if mark is not None:
        detail = {"sheet": sheet.name, "batch": row.pk}
        taken_along(viewer, "sheets.take_bad", mark=mark, detail=detail)
    return workbook_file(content, name)


def _deed(request: HttpRequest, batch_id: int, deed: Any) -> HttpResponse:
    """Do it and come back to the batch, where a refusal is said; what is not there stays a 404."""
    try:
        deed(viewer_in(request))
    except Unseen:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        if not isinstance(refusal, Conflict) and request.method == "POST":
            row = queries.batch(viewer_in(request), batch_id)
            if row.state == BatchState.LOOKED_AT:
                return _preview(request, viewer_in(request), row, status=refusal.status)
    return HttpResponseRedirect(reverse("desk:sheet_batch", args=[batch_id]), status=303)


def _preview(
    request: HttpRequest, viewer: Viewer, row: SheetBatch, *, status: int = 200
) -> HttpResponse:
    sheet = declared.find(row.sheet)
    seen = queries.look(row, viewer)
    good = [line for line in seen.lines if line.is_good and not line.is_done]
    bad = [line for line in seen.lines if not line.is_good]
    unsaid = queries.unsaid(row, seen, viewer)
    known = {*seen.matched.places, *row.for_all}
    used = [one for one in sheet.fields if one.name in known]
    context = {
        "sheet": sheet,
        "batch": row,
        "doubled": [
            (one.title, sheet.title_of(one.field), seen.matched.title_of(one.field))
            for one in seen.matched.doubled(sheet.fields)
        ],
        "columns": seen.matched.columns,
        "fields": sheet.fields,
        "unused": _unused_words(
            [one for one in seen.matched.unused if one.title not in map(str, sheet.for_reading)]
        ),
        "guessed": [
            (column.title, sheet.title_of(column.field)) for column in seen.matched.guessed
        ],
        "missing": "、".join(str(one.title) for one in seen.missing),
        "unsaid": unsaid,
        "to_choose": any(not one.chosen for one in unsaid),
        "headings": [str(one.title) for one in used],
        "good": [_good_line(line, used) for line in good[:_SHOWN]],
        "good_count": len(good),
        "good_more": max(0, len(good) - _SHOWN),
        "bad": [_bad_line(sheet, line) for line in bad[:_SHOWN]],
        "bad_count": len(bad),
        "bad_more": max(0, len(bad) - _SHOWN),
        "done": sum(line.is_done for line in seen.lines),
    }
    page = page_of(request, sheet)
    own = registry.sheet_page(sheet.name)
    if own and own.shown:
        context["shown"] = own.shown(viewer, seen)
    return render(request, "desk/sheets/preview.html", context | page, status=status)


def _unused_words(unused: Sequence[SheetColumn]) -> str:
    if not unused:
        return ""
    names = "、".join(column.title for column in unused)
    if len(unused) == 1:
        return _("这一列没有用上：%(names)s") % {"names": names}
    if len(unused) == 2:
        return _("这两列没有用上：%(names)s") % {"names": names}
    return _("这 %(number)d 列没有用上：%(names)s") % {"number": len(unused), "names": names}


def _good_line(line: PreviewLine, used: list[Field]) -> GoodLine:
    cells = [(str(one.title), one.shown(line.line.cells.get(one.name, ""))) for one in used]
    return GoodLine(line.line.number, cells, line.note)


def _bad_line(sheet: Sheet, line: PreviewLine) -> BadLine:
    return _told(sheet, RowSeen(line.line.number, line.line.cells, line.problems))


def _told(sheet: Sheet, row: RowSeen) -> BadLine:
    cells = [known_by(row.cells.get(one.name, "")) for one in sheet.fields[:2]]
    order = [one.name for one in sheet.fields]
    told = sorted(row.problems, key=lambda name: order.index(name) if name in order else -1)
    reasons = [
        f"{title}：{row.problems[name]}" if (title := sheet.title_of(name)) else row.problems[name]
        for name in told
    ]
    return BadLine(row.number, " · ".join(cell for cell in cells if cell), reasons)


def _run(row: SheetBatch, sheet: Sheet) -> dict[str, Any]:
    progress = queries.progress(row)
    undoing = row.state == BatchState.UNDOING
    total = progress.stored + progress.taken_back + progress.kept if undoing else progress.total
    people = staff_numbers({row.user_id, row.undone_by or 0})
    return {
        "sheet": sheet,
        "batch": row,
        "progress": progress,
        "undoing": undoing,
        "total": total,
        "finished": total - (progress.stored if undoing else progress.waiting),
        "still": actions.is_still(row),
        "who": people.get(row.user_id, ("", ""))[1],
        "who_undid": people.get(row.undone_by or 0, ("", ""))[1],
    }


def _outcome(row: SheetBatch, sheet: Sheet) -> dict[str, Any]:
    bad = [_told(sheet, one) for one in queries.refused(row, _SHOWN)]
    undone = row.state == BatchState.UNDONE
    return {
        "bad": bad,
        "undone": undone,
        "kept": [_told(sheet, one) for one in queries.kept(row, _SHOWN)] if undone else [],
        "may_undo": queries.may_undo(row),
    }
