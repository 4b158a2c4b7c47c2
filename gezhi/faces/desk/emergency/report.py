"""The report of an emergency on A4: shown, then taken along as PDF, as Word, or printed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk.emergency.listing import EmergencyLine, line_of
from gezhi.faces.paper.description import Cell, Form, Paper, Part, Signs, Table, Words
from gezhi.faces.paper.printing import Printing, answer
from gezhi.faces.shell import moments
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.accounts.queries import names
from gezhi.kernel import clock
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.emergency import queries
from gezhi.work.emergency.models import Emergency
from gezhi.work.emergency.queries import (
    CaseCounts,
    CaseLine,
    CrewLine,
    GridLine,
    LogWords,
    PrintedLog,
)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the report tells, as far as the viewer may take it along on paper."""

    line: EmergencyLine
    counts: CaseCounts
    kept: int
    cases: Sequence[CaseLine]
    round: int
    grids: Sequence[GridLine]
    crew: Sequence[CrewLine]
    log: PrintedLog


@require_http_methods(["GET", "POST"])
@staff_only(Right.SEE_EMERGENCY)
@moments.on_paper()
def report(request: HttpRequest, emergency_id: int) -> HttpResponse:
    """What happened, from the switch to the end; while it is on, so far. It goes from hand to hand:
    of a confidential case it says that there was one, also to whoever may read it on the board."""
    viewer = viewer_in(request)
    told = _told(viewer, queries.get(viewer, emergency_id))
    row = told.line.row
    board = reverse("desk:emergency", args=[row.pk])
    return answer(
        request,
        Printing(
            paper=_paper(told, request.build_absolute_uri(board)),
            code="drill" if row.drill else "emergency",
            subject_kind="emergency",
            subject_id=row.pk,
            back_url=board,
            back_words=_("回这次应急"),
            purpose=_("演练总结") if row.drill else _("应急总结"),
        ),
    )


def _told(viewer: Viewer, row: Emergency) -> _Told:
    cases = queries.cases_within(viewer, row)
    counts = queries.counts_of(row, cases)
    call = queries.latest_call(row)
    return _Told(
        line=line_of(row),
        counts=counts,
        kept=queries.kept_count(viewer, row, ended=True),
        cases=queries.lines_of(viewer, row, queries.printed(row, cases, counts.major)),
        round=call.number if call else 0,
        grids=queries.grids_of(viewer, row, call, on_paper=True),
        crew=queries.crew_of(row),
        log=queries.log_of(viewer, row),
    )


def _paper(told: _Told, address: str) -> Paper:
    line = told.line
    kind = _("演练报告") if line.row.drill else _("应急报告")
    second = f"“{line.plan}”{kind}"
    parts: list[Part] = []
    if line.row.is_on:
        parts.append(Words([_("还没有关闭，这是到现在为止的。")]))
    parts.append(_facts(told))
    if line.row.off_words:
        parts.append(Words(line.row.off_words.split("\n"), heading=_("小结")))
    parts += [_cases(told), _grids(told), _crew(told), _log(told)]
    parts.append(Signs((_("值班长："), _("领导："))))
    return Paper(
        name=kind,
        title=f"{line.area}{second}",
        lines=f"{line.area}\n{second}",
        parts=parts,
        number=_("打开 %(at)s") % {"at": moments.spoken(line.row.on_at)},
        qr=address,
        qr_words=_("扫码打开这次应急"),
        stamp=_("演练　不是真的") if line.row.drill else "",
    )


def _facts(told: _Told) -> Form:
    row, end = told.line.row, told.line.row.off_at
    who = names({pk for pk in (row.on_by, row.off_by) if pk})
    off = f"{moments.spoken(end)}\n{who.get(row.off_by or 0, '')}" if end else _("还没有关闭")
    said = _("第 %(round)d 轮：平安 %(safe)d，有事 %(trouble)d，未报 %(silent)d") % {
        "round": told.round,
        **{
            state: sum(one.state == state for one in told.grids)
            for state in ("safe", "trouble", "silent")
        },
    }
    return Form(
        [
            [Cell(_("区域"), told.line.area), Cell(_("预案"), told.line.plan)],
            [Cell(_("缘由"), row.words)],
            [
                Cell(_("打开"), f"{moments.spoken(row.on_at)}\n{who.get(row.on_by, '')}"),
                Cell(_("关闭"), off),
            ],
            [Cell(_("历时"), moments.span((end or clock.now()) - row.on_at))],
            [Cell(_("事件"), _counted(told.counts, told.kept))],
            [Cell(_("最后一轮点名"), said)],
        ]
    )


def _counted(counts: CaseCounts, kept: int) -> str:
    said = _("%(all)d 件，办完 %(done)d 件，重大 %(major)d 件") % asdict(counts)
    if kept:
        said += _("；另有保密事项 %(number)d 件，不在数里") % {"number": kept}
    return said


def _cases(told: _Told) -> Part:
    if not told.cases:
        return Words([_("没有事件。")], heading=_("事件"))
    left = told.counts.all - len(told.cases)
    note = ngettext(
        "另有 %(number)d 件没有印，在这次应急的板上逐页可看。",
        "另有 %(number)d 件没有印，在这次应急的板上逐页可看。",
        left,
    )
    return Table(
        columns=(_("什么事"), _("在哪儿"), _("报来"), _("了结"), _("重大事件的负责人")),
        rows=[_case(one) for one in told.cases],
        widths=(7, 6, 4, 5, 4),
        heading=_("事件"),
        note=note % {"number": left} if left else "",
    )


def _case(one: CaseLine) -> tuple[str, ...]:
    row = one.row
    ended = _clock(row.ended_at) if row.ended_at else ""
    at = _clock(row.reported_at)
    if row.restricted:
        return _("保密的事"), "—", at, ended or _("在办"), ""
    named = (one.named or _("还没点名")) if one.is_major else ""
    open_ = _("%(unit)s在办") % {"unit": row.holder_name}
    return row.title, row.place_words or row.community_name, at, ended or open_, named


def _grids(told: _Told) -> Table:
    return Table(
        columns=(_("社区"), _("网格"), _("报的"), _("几点"), _("谁报的")),
        rows=[
            (
                one.community,
                one.grid,
                _said(one),
                _clock(one.at) if one.at else "",
                one.who,
            )
            for one in told.grids
        ],
        widths=(5, 5, 7, 4, 3),
        heading=_("最后一轮点名"),
    )


def _said(one: GridLine) -> str:
    if one.state == "trouble":
        return _("有事：%(words)s") % {"words": one.words or one.instead}
    return _("平安") if one.state == "safe" else _("未报")


def _crew(told: _Told) -> Table:
    rows = [
        (
            one.name,
            "\n".join(
                f"{call.user_name}　{_clock(call.called_at)}　{call.outcome_words}"
                if call.user_name
                else _("没有人")
                for call in one.calls
            )
            or "—",
        )
        for one in told.crew
    ]
    return Table(columns=(_("哪支队伍"), _("叫了谁")), rows=rows, widths=(2, 5), heading=_("队伍"))


def _log(told: _Told) -> Table:
    left = told.log.left_out
    note = ngettext(
        "日志很长，报平安、事件纳入和了结等 %(number)d 行没有印，板上的日志里逐页可看。",
        "日志很长，报平安、事件纳入和了结等 %(number)d 行没有印，板上的日志里逐页可看。",
        left,
    )
    return Table(
        columns=(_("几点"), _("什么"), _("说明"), _("谁")),
        rows=[(_clock(one.at), one.label, _detail(one), one.who) for one in told.log.lines],
        widths=(4, 4, 10, 3),
        heading=_("日志"),
        note=note % {"number": left} if left else "",
    )


def _detail(one: LogWords) -> str:
    counted = {
        "notice": _("%(number)s 人"),
        "roll_call": _("第 %(number)s 轮"),
        "off": _("还有 %(number)s 件接着办") if one.count else "",
    }.get(one.code, "")
    said = (one.grid, one.person, counted % {"number": one.count}, one.instead, one.words)
    return "　".join(part for part in (*said, one.number) if part)


def _clock(moment: datetime) -> str:
    """Day and clock in one line of a narrow column; the year stands above."""
    return f"{clock.local(moment):%m-%d %H:%M}"
