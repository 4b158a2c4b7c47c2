"""The knowledge base as a sheet: the columns are those of the sheet that is brought in."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.paging import typed_words
from gezhi.faces.shell.taking import Leaving, leave
from gezhi.ground.sheets.writing import Cell, Column
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.places.queries import names_of
from gezhi.work.knowledge import queries
from gezhi.work.knowledge.models import Article
from gezhi.work.knowledge.sheet import ARTICLES, AUDIENCES

_FOUND = 50


@require_GET
@staff_only(Right.READ_KNOWLEDGE)
def export(request: HttpRequest) -> HttpResponseBase:
    """What is offered, or what the words find of it; the taking is recorded."""
    viewer, words = viewer_in(request), typed_words(request)
    leaving = Leaving(
        name=_("知识库"),
        columns=[*(Column(str(field.title)) for field in ARTICLES.fields), Column(_("第几版"))],
        rows=lambda: _rows(viewer, words),
        verb="knowledge.export",
        back_url=reverse("desk:knowledge"),
        detail={"filtered": sorted(set(request.GET) - {"page"})},
    )
    return leave(request, viewer, leaving)


def _rows(viewer: Viewer, words: str) -> Iterator[Sequence[Cell]]:
    found = (
        queries.for_words(viewer, words, limit=_FOUND)
        if words
        else queries.articles(viewer).iterator(chunk_size=500)
    )
    areas: dict[int, str] = {}
    for row in found:
        missing = set(row.area_ids) - set(areas)
        areas |= names_of(missing) if missing else {}
        yield _row(row, areas)


def _row(row: Article, areas: dict[int, str]) -> Sequence[Cell]:
    audience = next(word for code, word in AUDIENCES.items() if code == row.audience)
    return (
        row.question, row.answer, row.basis, row.unit.name, str(audience), row.wordings,
        "、".join(areas[area] for area in row.area_ids if area in areas),
        row.valid_to, row.review_on, row.version,
    )  # fmt: skip
