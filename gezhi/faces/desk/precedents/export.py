"""Precedents as a sheet: what their page lists, found by the same words."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.shell import terms
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.paging import typed_words
from gezhi.faces.shell.taking import Leaving, leave
from gezhi.ground.sheets.writing import Cell, Column
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.queries import precedents as queries


@require_GET
@staff_only(Right.READ_PRECEDENTS)
def export(request: HttpRequest) -> HttpResponseBase:
    """Those in force, or with `?show=ended` those that ended; the taking is recorded."""
    viewer, words = viewer_in(request), typed_words(request)
    ended = request.GET.get("show") == "ended"
    titles = [
        _("这类事"), _("类别代码"), _("类别"), _("在哪儿"), _("归谁办"), _("理由"), _("依据的权责"),
        _("从哪天起"), _("到哪天止"),
    ]  # fmt: skip
    leaving = Leaving(
        name=_("已结束的派单先例") if ended else _("派单先例"),
        columns=[Column(title) for title in titles],
        rows=lambda: _rows(viewer, words, ended=ended),
        verb="precedents.export",
        back_url=reverse("desk:precedents"),
        detail={"filtered": sorted(set(request.GET) - {"page"})},
    )
    return leave(request, viewer, leaving)


def _rows(viewer: Viewer, words: str, *, ended: bool) -> Iterator[Sequence[Cell]]:
    for row in queries.precedents(viewer, words, ended=ended).iterator(chunk_size=500):
        yield (
            row.wording, row.class_code, terms.label("matters", row.class_code), row.area.name,
            row.unit.name, row.reason, row.duty.name if row.duty else "", row.valid_from,
            row.valid_to,
        )  # fmt: skip
