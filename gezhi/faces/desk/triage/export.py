"""Topics and the value of advice as sheets: what their pages show, by their queries."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.triage.advice_value import line_of as value_line
from gezhi.faces.desk.triage.advice_value import month_of
from gezhi.faces.desk.triage.topics import line_of as topic_line
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.taking import Leaving, leave
from gezhi.ground.sheets.writing import Cell, Column
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.triage import queries as triage


@require_GET
@staff_only(Right.READ_TOPICS)
def topics(request: HttpRequest) -> HttpResponseBase:
    """The topics the viewer's page lists; `?monthly=1` the candidates of 每月一题."""
    viewer = viewer_in(request)
    only = request.GET.get("monthly") == "1"
    titles = [
        _("热点"), _("地方"), _("人数"), _("诉求数"), _("本人看得到的"), _("热度"), _("第一次"),
        _("最近一次"), _("反复出现"), _("每月一题候选"), _("有组织的模板信"),
    ]  # fmt: skip
    leaving = Leaving(
        name=_("每月一题候选") if only else _("热点"),
        columns=[Column(title) for title in titles],
        rows=lambda: _topic_rows(viewer, only=only),
        verb="triage.export",
        back_url=reverse("desk:topics"),
        detail={"monthly": only},
    )
    return leave(request, viewer, leaving)


def _topic_rows(viewer: Viewer, *, only: bool) -> Iterator[Sequence[Cell]]:
    for one in triage.topics(viewer):
        if one.monthly or not only:
            line = topic_line(one)
            yield (
                line.title, one.place, one.people, one.messages, one.seen, round(one.heat, 1),
                one.first_at, one.last_at, one.returning, _yes(one.monthly), _yes(one.organized),
            )  # fmt: skip


@require_GET
@staff_only(Right.READ_VALUE)
def value(request: HttpRequest) -> HttpResponseBase:
    """The table of a month: `?month=2026-11`, else this one."""
    viewer = viewer_in(request)
    found = triage.value_of_advice(viewer, month_of(request.GET.get("month", "")))
    titles = [
        _("月份"), _("建议什么"), _("事件数"), _("给了建议"), _("占"), _("人照着选"), _("占"),
        _("结案时仍对"), _("占"), _("答应的准头"),
    ]  # fmt: skip
    rows: list[Sequence[Cell]] = []
    for row in found.rows:
        if not row.tally.cases:
            continue
        tally, line = row.tally, value_line(row)
        rows.append(
            (
                f"{found.month:%Y-%m}", line.name, tally.cases, tally.given, line.coverage,
                tally.taken, line.taken, tally.right, line.right, line.promised,
            )
        )  # fmt: skip
    leaving = Leaving(
        name=_("建议准不准"),
        columns=[Column(title) for title in titles],
        rows=lambda: rows,
        verb="triage.export",
        back_url=reverse("desk:value"),
        detail={"month": f"{found.month:%Y-%m}"},
    )
    return leave(request, viewer, leaving)


def _yes(value: bool) -> str:
    return _("是") if value else ""
