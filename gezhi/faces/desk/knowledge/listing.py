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
from gezhi.kernel import clock
from gezhi.kernel.errors import Unseen
from gezhi.kernel.ids import typed_id
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.places.queries import names_of
from gezhi.work.knowledge import actions, queries
from gezhi.work.knowledge.models import Article

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
    """What waits for review; POST publishes those that are chosen, by whoever reviews."""
    viewer = viewer_in(request)
    if request.method == "POST":
        if not viewer.may(Right.REVIEW_KNOWLEDGE):
            raise Unseen("")
        return _published_together(request, viewer)
    return _shown(request, "drafts", queries.articles(viewer, "drafts"), "")


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


def _shown(
    request: HttpRequest, which: str, rows: QuerySet[Article] | Sequence[Article], words: str
) -> HttpResponse:
    viewer = viewer_in(request)
    menu.stand_at(request, reverse("desk:knowledge"))
    page = numbered(request, rows)
    names = names_of({area for row in page.rows for area in row.area_ids})
    name = "knowledge" if which == "published" else f"knowledge_{which}"
    context = {
        "lines": [
            ArticleLine(
                row=row,
                areas="、".join(names[area] for area in row.area_ids if area in names),
                is_due=which == "published" and row.review_on <= clock.today(),
                may_publish=which == "drafts" and queries.may_review(viewer, row),
            )
            for row in page.rows
        ],
        "page": page,
        "which": which,
        "words": words,
        "tabs": tabs(viewer, name),
        "may_write": viewer.may(Right.KEEP_KNOWLEDGE),
        "may_review": viewer.may(Right.REVIEW_KNOWLEDGE),
        "export_url": export_url(request, reverse("desk:knowledge_export")),
    }
    return render(request, "desk/knowledge/list.html", context)
