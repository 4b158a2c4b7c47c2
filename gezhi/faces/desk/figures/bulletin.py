"""What the figures come to on paper: the weekly 通报, and the list for the notice board 张榜名单."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk.figures.asked import (
    WAYS,
    compared_words,
    period_words,
    settled_words,
)
from gezhi.faces.desk.figures.shown import NOTHING, correction, spoken
from gezhi.faces.paper.description import Closing, Paper, Part, Table, Words
from gezhi.faces.paper.printing import Printing, answer
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.forms import PlainForm
from gezhi.faces.shell.middleware import viewer_in
from gezhi.insight.figures import queries
from gezhi.insight.figures.formulas import Unit
from gezhi.insight.figures.freezing import Figure
from gezhi.insight.figures.notice_board import NoticeBoard, notice_board
from gezhi.insight.figures.periods import Period, Span, holding
from gezhi.insight.figures.queries import Board, Compared
from gezhi.insight.figures.reach import By
from gezhi.kernel import clock
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.kernel.words import line
from gezhi.methods.suppress.hiding import LEAST
from gezhi.records.places import queries as places

_APART = (By.UNIT, By.COMMUNITY)
_ORDER = "一二三四五"
_RED = "yes"
_SPANS = {Span.WEEK.value: Span.WEEK, Span.MONTH.value: Span.MONTH}


class HeadForm(PlainForm):
    """普通的, or as a 公文 under a red head with its 发文字号."""

    red = forms.ChoiceField(
        label=gettext_lazy("用什么样的头"),
        choices=[("", gettext_lazy("普通")), (_RED, gettext_lazy("红头文件"))],
        widget=forms.RadioSelect,
        required=False,
    )
    number = forms.CharField(
        label=gettext_lazy("发文字号"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("红头的才印，如“锦驿街发〔2026〕12号”；先到办公室登记取号。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    day = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def is_red(self) -> bool:
        """Whether it is to have a red head."""
        return self.cleaned_data.get("red") == _RED

    @property
    def number_given(self) -> str:
        """The 发文字号, on one line."""
        return line(self.cleaned_data.get("number", ""), field="number")


@require_http_methods(["GET", "POST"])
@staff_only(Right.READ_FIGURES)
def bulletin(request: HttpRequest) -> HttpResponse:
    """通报 of the last week that has ended, or of the one `?day=` lies in, plain or with a red head.

    Its figures are those of the page of figures: frozen, where the week is.
    """
    viewer, period = viewer_in(request), _ended(request, Span.WEEK)
    asked = request.GET.dict()
    choices = HeadForm({"red": "", "day": period.first.isoformat(), **asked})
    choices.full_clean()
    paper = _bulletin(viewer, period, choices)
    return answer(request, _printing(viewer, paper, "bulletin", period, choices))


@require_http_methods(["GET", "POST"])
@staff_only(Right.READ_FIGURES)
def board(request: HttpRequest) -> HttpResponse:
    """张榜名单 of the last week, or `?span=month` month, that has ended; no small number can be told."""
    viewer = viewer_in(request)
    span = _SPANS.get(request.GET.get("span", ""), Span.WEEK)
    period = _ended(request, span)
    return answer(request, _printing(viewer, _board(viewer, period), "notice_board", period))


def _ended(request: HttpRequest, span: Span) -> Period:
    """The period a day lies in, and of none that still runs: the last that has ended."""
    last = holding(span, clock.today()).before()
    try:
        asked = holding(span, date.fromisoformat(request.GET.get("day", "")))
    except (ValueError, OverflowError):
        return last
    return asked if clock.EARLIEST <= asked.first <= last.first else last


def _printing(
    viewer: Viewer, paper: Paper, code: str, period: Period, choices: HeadForm | None = None
) -> Printing:
    seat = viewer.seats_for(Right.READ_FIGURES)[0]
    return Printing(
        paper=paper,
        code=code,
        subject_kind="unit",
        subject_id=seat.unit_id,
        back_url=reverse("desk:figures"),
        back_words=_("回指标"),
        choices=choices,
        detail={"span": period.span.value, "day": period.first.isoformat()},
    )


def _bulletin(viewer: Viewer, period: Period, choices: HeadForm) -> Paper:
    told = queries.board(viewer, period)
    year, week, _day = period.first.isocalendar()
    first = _("关于%(year)d年第%(week)d周") % {"year": year, "week": week}
    second = _("网格事项办理情况的通报")
    parts: list[Part] = [
        Words([_whole_words(told, period)], heading=_heading(0, _("总体情况"))),
        _whole(told, period),
    ]
    for by in _APART:
        if by in told.ways and (table := _apart(viewer, period, by, len(parts) - 1)) is not None:
            parts.append(table)
    corrected = [
        f"{one.now.indicator.name} {words}"
        for one in told.figures
        if (words := correction(one.now))
    ]
    if corrected:
        parts.append(
            Words(["；".join(corrected) + "。"], heading=_heading(len(parts) - 1, _("更正")))
        )
    parts.append(Closing(_issuer(viewer), long_day(clock.today())))
    return Paper(
        name=_("通报"),
        title=first + second,
        lines=f"{first}\n{second}",
        parts=parts,
        letter=True,
        red_head=_issuer(viewer) if choices.is_red else "",
        red_number=choices.number_given if choices.is_red else "",
    )


def _heading(at: int, words: str) -> str:
    return f"{_ORDER[at]}、{words}"


def _whole_words(told: Board, period: Period) -> str:
    said = "，".join(
        f"{one.now.indicator.name} {spoken(one.now)}{_against(one)}" for one in told.first
    )
    return _("%(period)s，%(said)s。%(settled)s") % {
        "period": period_words(period),
        "said": said,
        "settled": settled_words(told.settled, is_running=False, on_paper=True),
    }


def _against(one: Compared) -> str:
    """Beside a figure, how the week before was: told, never judged."""
    before = spoken(one.before)
    return _("（上周 %(before)s）") % {"before": before} if before != NOTHING else ""


def _whole(told: Board, period: Period) -> Table:
    before, year_before = compared_words(period.span)
    return Table(
        columns=(_("指标"), _("本周"), before, year_before),
        rows=[
            (
                one.now.indicator.name,
                _with_parts(one.now),
                spoken(one.before),
                spoken(one.year_before),
            )
            for one in told.first
        ],
        widths=(4, 5, 3, 3),
        numbers=True,
    )


def _with_parts(figure: Figure) -> str:
    if figure.indicator.unit is not Unit.SHARE or not figure.denominator:
        return spoken(figure)
    return f"{spoken(figure)}（{figure.numerator}/{figure.denominator}）"


def _apart(viewer: Viewer, period: Period, by: By, at: int) -> Table | None:
    rows = queries.told_apart(viewer, period, by)
    if not rows:
        return None
    return Table(
        columns=(str(WAYS[by]), *(one.indicator.name for one in rows[0].figures)),
        rows=[(row.name, *(spoken(one) for one in row.figures)) for row in rows],
        widths=(7, *(3 for _one in rows[0].figures)),
        heading=_heading(at, _("各%(way)s情况") % {"way": WAYS[by]}),
        note=_("“%(nothing)s”是这一周没有可算的事。") % {"nothing": NOTHING},
        numbers=True,
    )


def _board(viewer: Viewer, period: Period) -> Paper:
    told = notice_board(viewer, period)
    title = _("%(period)s受理事项公示") % {"period": period_words(period)}
    parts: list[Part] = [_pinned(told)] if told.numbers else [Words([_("这段时间没有受理的事。")])]
    parts.append(Closing(_issuer(viewer), long_day(clock.today())))
    return Paper(
        name=_("公示"),
        title=title,
        lines=f"{period_words(period)}\n{_('受理事项公示')}",
        parts=parts,
    )


def _pinned(told: NoticeBoard) -> Table:
    names: Sequence[str] = (
        *told.communities,
        *((_("社区未定"),) if told.nowhere else ()),
        _("合计"),
    )
    return Table(
        columns=(
            _("社区"),
            *told.families,
            *((_("没有类别"),) if told.unnamed else ()),
            _("合计"),
        ),
        rows=[
            (name, *("＊" if number is None else str(number) for number in numbers))
            for name, numbers in zip(names, told.numbers, strict=True)
        ],
        widths=(4, *(2 for _number in told.numbers[0])),
        note=_("＊：少于 %(least)d 件的不写，免得看得出是谁；能从合计倒算出来的也不写。0 是没有。")
        % {"least": LEAST},
        numbers=True,
    )


def _issuer(viewer: Viewer) -> str:
    """The unit of whoever prints, after its street where its name leaves that out."""
    seat = viewer.seats_for(Right.READ_FIGURES)[0]
    street = places.name_above_pages(viewer.district_id)
    name = seat.unit_name
    own = name.removeprefix(_("街道")) if street.endswith(_("街道")) else name
    return name if name.startswith(street) else street + own


def long_day(day: date) -> str:
    """ "2026年11月22日", as a 公文 writes it."""
    return f"{day.year}年{day.month}月{day.day}日"
