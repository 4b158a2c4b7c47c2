"""Which period and which way of telling apart an address asks for, and the addresses of others."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.insight.figures.periods import Period, Span, holding
from gezhi.insight.figures.queries import Settled, opening
from gezhi.insight.figures.reach import By
from gezhi.kernel import clock

SPANS: dict[Span, str | Promise] = {
    Span.DAY: gettext_lazy("日"),
    Span.WEEK: gettext_lazy("周"),
    Span.MONTH: gettext_lazy("月"),
}
WAYS: dict[By, str | Promise] = {
    By.WHOLE: gettext_lazy("全部"),
    By.UNIT: gettext_lazy("单位"),
    By.FAMILY: gettext_lazy("类别"),
    By.COMMUNITY: gettext_lazy("社区"),
    By.GRID: gettext_lazy("网格"),
}
_Word = TypeVar("_Word", Span, By)


@dataclass(frozen=True, slots=True)
class Asked:
    """A period and a way of telling apart, as they stand in addresses."""

    period: Period
    by: By
    is_chosen: bool = True
    """Whether the address named the day; else the page chose the period."""

    @property
    def query(self) -> dict[str, str]:
        """What an address carries of it."""
        found = {"span": self.period.span.value, "day": self.period.first.isoformat()}
        return found if self.by is By.WHOLE else {**found, "by": self.by.value}

    @property
    def url(self) -> str:
        """The page of figures."""
        return f"{reverse('desk:figures')}?{urlencode(self.query)}"

    @property
    def export_url(self) -> str:
        """Its sheet."""
        return f"{reverse('desk:figures_export')}?{urlencode(self.query)}"

    def apart(self, by: By) -> "Asked":
        """The same period told apart by something else."""
        return replace(self, by=by)

    def during(self, period: Period) -> "Asked":
        """The same for another period."""
        return replace(self, period=period)

    def cases_url(self, code: str, part: str, key: str = "", period: Period | None = None) -> str:
        """The list of the cases behind a figure."""
        asked = self.during(period) if period else self
        told = {} if self.by is By.WHOLE else {"of": key}
        way = reverse("desk:figure_cases", args=[code, part])
        return f"{way}?{urlencode({**asked.query, **told})}"


def asked_in(request: HttpRequest) -> Asked:
    """What the address asks for, and nothing that has not begun; the week to open with, of the whole,
    where it says nothing that can be read."""
    span = _one_of(Span, request.GET.get("span", ""), Span.WEEK)
    by = _one_of(By, request.GET.get("by", ""), By.WHOLE)
    today = clock.today()
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return Asked(opening(span), by, is_chosen=False)
    if not clock.EARLIEST <= day <= today:
        day = today
    return Asked(holding(span, day), by)


def period_words(period: Period) -> str:
    """A period as people say it: 2026 年 11 月, 11 月 23 日至 29 日."""
    first, last = period.first, period.last - timedelta(days=1)
    names = {"year": first.year, "month": first.month, "day": first.day}
    match period.span:
        case Span.MONTH:
            return _("%(year)d 年 %(month)d 月") % names
        case Span.DAY:
            return _("%(year)d 年 %(month)d 月 %(day)d 日") % names
        case Span.WEEK:
            until = {"last_month": last.month, "last_day": last.day}
            words = _("%(year)d 年 %(month)d 月 %(day)d 日至 %(last_month)d 月 %(last_day)d 日")
            return words % {**names, **until}


def running_words(span: Span) -> tuple[str, str]:
    """Why a page opens with the period before the one that runs, and the way to the latter."""
    return {
        Span.DAY: (_("今天还没过完，先看昨天。"), _("看今天")),
        Span.WEEK: (_("本周还不满三个工作日，数还说明不了什么，先看上一周。"), _("看本周")),
        Span.MONTH: (_("本月还不满三个工作日，数还说明不了什么，先看上一个月。"), _("看本月")),
    }[span]


def settled_words(settled: Settled, *, is_running: bool, on_paper: bool = False) -> str:
    """Whether the figures of a period will still change, in a sentence; a paper has nothing beside it."""
    if settled.frozen_at is not None:
        at = clock.local(settled.frozen_at)
        words = _("%(month)d 月 %(day)d 日已封存，不再变；以后数出来不一样的，写在旁边的“更正”里。")
        if on_paper:
            words = _("数据已于 %(month)d 月 %(day)d 日封存；以后核对出不一致的，另行更正。")
        return words % {"month": at.month, "day": at.day}
    if is_running:
        return _("还没过完，数到现在为止；旁边比的是过完的整段。")
    if settled.freezes_on is not None:
        names = {"month": settled.freezes_on.month, "day": settled.freezes_on.day}
        words = _("已过完，还没封存，数到现在为止；%(month)d 月 %(day)d 日凌晨封存，以后不再变。")
        return words % names
    return _("没有封存过，数到现在为止，还会变。")


def compared_words(span: Span) -> tuple[str, str]:
    """What the figures beside a figure are called: of the period before, of a year before."""
    return {
        Span.DAY: (_("上周同日"), _("去年同日")),
        Span.WEEK: (_("上周"), _("去年同周")),
        Span.MONTH: (_("上月"), _("去年同月")),
    }[span]


def _one_of(kind: type[_Word], typed: str, otherwise: _Word) -> _Word:
    try:
        return kind(typed)
    except ValueError:
        return otherwise
