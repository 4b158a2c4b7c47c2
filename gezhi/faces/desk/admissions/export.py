"""Admissions as a sheet: what the page lists, with who asked and who let it in by name."""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk.admissions.listing import lines_of, state_asked
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.taking import Leaving, leave
from gezhi.ground.sheets.writing import Cell, Column
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import queries

_CHUNK = 200


@require_http_methods(["GET", "POST"])
@staff_only(Right.HANDLE, Right.OVERSEE)
def export(request: HttpRequest) -> HttpResponseBase:
    """The askings this viewer may read, as `?show=` narrows them; what for is asked, and recorded."""
    viewer, state = viewer_in(request), state_asked(request)
    leaving = Leaving(
        name=_("社区事项准入"),
        columns=[
            *(
                Column(title)
                for title in (
                    _("事项"), _("类别代码"), _("类别"), _("提出的单位"), _("交给"), _("结果"), _("条款"),
                    _("他们的依据"), _("提出时间"), _("到哪天止"), _("为什么准入"),
                )
            ),
            Column(_("提出人"), personal=True),
            Column(_("谁准的"), personal=True),
        ],
        rows=lambda: _rows(viewer, state),
        verb="duties.export_admissions",
        back_url=reverse("desk:admissions"),
        detail={"filtered": ["show"] if state else []},
    )  # fmt: skip
    return leave(request, viewer, leaving)


def _rows(viewer: Viewer, state: str) -> Iterator[Sequence[Cell]]:
    found = queries.admissions(viewer, state).order_by("-pk").iterator(chunk_size=_CHUNK)
    while chunk := list(islice(found, _CHUNK)):
        for line in lines_of(chunk, frozenset()):
            row = line.row
            yield (
                row.matter, row.class_code, line.class_name, row.unit.name, row.office.name,
                _("准入已到期") if line.is_over else row.get_state_display(), row.clause, row.basis,
                row.asked_at, row.allowed_until, row.allowed_because, line.asked_by,
                line.allowed_by,
            )  # fmt: skip
