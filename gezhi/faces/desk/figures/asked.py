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
_EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A period and a way of telling apart, as they stand in addresses."""

    period: Period
    by: By

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
    """What the address asks for; this week of the whole where it says nothing that can be read, and
    nothing that has not begun."""
    span = _one_of(Span, request.GET.get("span", ""), Span.WEEK)
    by = _one_of(By, request.GET.get("by", ""), By.WHOLE)
    today = clock.today()
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = today
    if not _EARLIEST <= day <= today:
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
