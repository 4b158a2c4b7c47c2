"""知识库: what is offered, what waits for review, what is to be looked at again, what ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.desk.knowledge.tabs import tabs
from gezhi.faces.shell import menu
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.paging import export_url, numbered, typed_words
from gezhi.ground.accounts.queries import names
from gezhi.kernel import clock
from gezhi.kernel.errors import Refusal, Unseen
from gezhi.kernel.ids import typed_id
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.places.queries import names_of
from gezhi.work.knowledge import actions, queries
from gezhi.work.knowledge.models import Article
from gezhi.work.knowledge.queries import Imported

# So many of what words find are shown: whoever needs more says it better.
_FOUND = 50


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An entry in a list, with what is said of it in words."""

    row: Article
    areas: str
    is_due: bool
    may_publish: bool


@require_GET
@staff_only(Right.READ_KNOWLEDGE)
def published(request: HttpRequest) -> HttpResponse:
    """What is offered, the newest first; by words what they find, the likest first."""
    viewer, words = viewer_in(request), typed_words(request)
    if words:
        found = queries.for_words(viewer, words, limit=_FOUND)
        return _shown(request, "published", found, words)
    return _shown(request, "published", queries.articles(viewer), "")


@require_http_methods(["GET", "POST"])
@staff_only(Right.READ_KNOWLEDGE)
def drafts(request: HttpRequest) -> HttpResponse:
    """What waits for review, or of it what one sheet brought (`?batch=`); POST publishes those that
    are chosen, or the whole sheet's, by whoever reviews."""
    viewer = viewer_in(request)
    batch_id = typed_id(request.POST.get("batch", "") or request.GET.get("batch", "")) or 0
    if request.method == "POST":
        if not viewer.may(Right.REVIEW_KNOWLEDGE):
            raise Unseen("")
        if batch_id:
            return _published_whole(request, viewer, batch_id)
        return _published_together(request, viewer)
    if batch_id:
        found = queries.imported_with(viewer, batch_id)
        return _shown(request, "drafts", queries.drafts_of(viewer, found.batch), "", [found])
    drafts_ = queries.articles(viewer, "drafts")
    return _shown(request, "drafts", drafts_, "", queries.imported(viewer))


@require_GET
@staff_only(Right.READ_KNOWLEDGE)
def due(request: HttpRequest) -> HttpResponse:
    """What its owner is to look at again, the longest waiting first."""
    return _shown(request, "due", queries.articles(viewer_in(request), "due"), "")


@require_GET
@staff_only(Right.READ_KNOWLEDGE)
def ended(request: HttpRequest) -> HttpResponse:
    """Older versions, what expired, what was withdrawn."""
    return _shown(request, "ended", queries.articles(viewer_in(request), "ended"), "")


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A sheet of which drafts wait: who brought it in."""

    found: Imported
    who: str


def _batch_lines(batches: Sequence[Imported]) -> list[BatchLine]:
    people = names({one.batch.user_id for one in batches}) if batches else {}
    return [BatchLine(one, people.get(one.batch.user_id, "")) for one in batches]


def _published_together(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    ids = [found for typed in request.POST.getlist("article") if (found := typed_id(typed))]
    chosen = list(queries.articles(viewer, "drafts").filter(pk__in=ids))
    if not chosen:
        messages.warning(request, _("没有选中还等着审的条目。"))
    else:
        done, kept = actions.publish_each(articles=chosen, by=viewer)
        if done:
            messages.success(request, _("已发布 %(number)d 条。") % {"number": done})
        for said in kept[:5]:
            messages.warning(request, said)
    return HttpResponseRedirect(reverse("desk:knowledge_drafts"), status=303)


def _published_whole(request: HttpRequest, viewer: Viewer, batch_id: int) -> HttpResponse:
    try:
        done, kept = actions.publish_batch(batch_id=batch_id, by=viewer)
    except Unseen:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("整批发布了 %(number)d 条，现在起查得到。") % {"number": done})
        if kept:
            said = _("还有 %(number)d 条没有发布：退回去改的、您自己写的，或者有效期过了。")
            messages.warning(request, said % {"number": kept})
    return HttpResponseRedirect(reverse("desk:knowledge_drafts"), status=303)


def _shown(
    request: HttpRequest,
    which: str,
    rows: QuerySet[Article] | Sequence[Article],
    words: str,
    batches: Sequence[Imported] = (),
) -> HttpResponse:
    viewer = viewer_in(request)
    menu.stand_at(request, reverse("desk:knowledge"))
    page = numbered(request, rows)
    areas = names_of({area for row in page.rows for area in row.area_ids})
    name = "knowledge" if which == "published" else f"knowledge_{which}"
    context = {
        "lines": [
            ArticleLine(
                row=row,
                areas="、".join(areas[area] for area in row.area_ids if area in areas),
                is_due=which == "published" and row.review_on <= clock.today(),
                may_publish=which == "drafts" and queries.may_review(viewer, row),
            )
            for row in page.rows
        ],
        "page": page,
        "which": which,
        "words": words,
        "batches": _batch_lines(batches),
        "batch_id": request.GET.get("batch", "") if batches else "",
        "tabs": tabs(viewer, name),
        "may_write": viewer.may(Right.KEEP_KNOWLEDGE),
        "may_review": viewer.may(Right.REVIEW_KNOWLEDGE),
        "export_url": export_url(request, reverse("desk:knowledge_export")),
    }
    return render(request, "desk/knowledge/list.html", context)
