"""The two weeks of a rota for the wall: what for is asked, and who printed it when stands on it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk.rota.rota import unit_asked, week_asked, weeks_shown
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.taking import purpose_asked, taken_along
from gezhi.ground.sheets.marks import mark_for
from gezhi.ground.sheets.writing import Column
from gezhi.kernel import clock
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.records.posts import rota_queries as queries


@require_http_methods(["GET", "POST"])
@staff_only(Right.READ_ROTA)
def paper(request: HttpRequest) -> HttpResponseBase:
    """The two weeks of `?week=` of `?unit=`, day by day, with room to sign in.

    Unseen for whoever reads no rota.
    """
    viewer = viewer_in(request)
    unit = unit_asked(request, queries.readable_units(viewer))
    if unit is None:
        raise Unseen("")
    first = week_asked(request)
    asked = purpose_asked(
        request,
        [Column(_("值班人"), personal=True)],
        title=_("打印%(list)s") % {"list": _("值班表")},
        deed=_("打开要打印的"),
        back_url=f"{reverse('desk:rota')}?unit={unit.pk}&week={first.isoformat()}",
    )
    if not isinstance(asked, str):
        return asked
    mark = mark_for(viewer, asked)
    taken_along(
        viewer,
        "posts.print_rota",
        mark=mark,
        detail={"unit": unit.pk, "from": first.isoformat()},
    )
    context = {
        "unit": unit,
        "printed_at": clock.now(),
        "mark": mark,
        **weeks_shown(viewer, unit, first),
    }
    return render(request, "desk/rota/sheet.html", context)
