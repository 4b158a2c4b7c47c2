"""Changing the year's days off: by the notice in its own words, or one day."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk.setup.calendar import calendar_rows, years_to_choose
from gezhi.faces.desk.setup.changing import ChangeForm, Line, Page, Plan, change, running_pack
from gezhi.faces.shell.access import staff_only
from gezhi.ground.codes import queries
from gezhi.ground.codes.holidays import (
    ARRANGEMENT,
    YEAR,
    Arrangement,
    DayKind,
    arrangements_of,
    spoken,
    validate_year,
    with_day,
    year_rows,
)
from gezhi.ground.codes.notice import notice_text, read_notice
from gezhi.ground.codes.rules import RowOfTerm, changed
from gezhi.kernel import clock
from gezhi.kernel.errors import Invalid, Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.workdays import Calendar, notices_from


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a year's notice: whether it is out, its number, its day."""

    announced: bool
    notice: str
    published: str


class NoticeForm(ChangeForm):
    """A year's notice in its own words."""

    text = forms.CharField(
        label=gettext_lazy("通知原文或日期，一个节日一行"),
        help_text=gettext_lazy(
            "把国务院办公厅通知里“一、元旦：……”那几行整段贴进来就行；也可以写“元旦：2027-01-01 至 2027-01-03 放假”。"
        ),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    announced = forms.BooleanField(
        label=gettext_lazy("通知已经公布（不勾就是预计，用到这一年的时限都是暂定）"), required=False
    )
    notice = forms.CharField(
        label=gettext_lazy("通知文号"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("如 国办发明电〔2025〕7号。"),
    )
    published = forms.DateField(
        label=gettext_lazy("公布日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class DayForm(ChangeForm):
    """One day: off, worked or as its weekday is."""

    kind = forms.ChoiceField(
        label=gettext_lazy("这一天"),
        choices=[
            (DayKind.OFF.value, gettext_lazy("放假")),
            (DayKind.WORKED.value, gettext_lazy("上班（调休）")),
            (DayKind.PLAIN.value, gettext_lazy("照平常：周一至周五上班，周末休息")),
        ],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=gettext_lazy("因为什么"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("如“春节”“防汛停工”；照平常可以不写。"),
    )


@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def calendar_year(request: HttpRequest, year: int) -> HttpResponse:
    """Write a year's notice; Unseen for years nobody will ask about."""
    _check_asked(year)
    rows, head = calendar_rows(), _head(year)
    form = NoticeForm(
        request.POST or None,
        pack_id=running_pack(YEAR),
        initial={
            "text": notice_text(arrangements_of(rows, year)),
            "announced": head.announced,
            "notice": head.notice,
            "published": head.published or None,
        },
    )

    def plan() -> Plan:
        data = form.cleaned_data
        found = read_notice(data["text"], year)
        if data["announced"] and not found:
            raise Invalid(_("一个节日也没有读到"), field="text")
        published = data["published"].isoformat() if data["published"] else ""
        return _plan(rows, year, found, Head(data["announced"], data["notice"], published))

    return change(request, _page(_("%(year)s 年放假安排") % {"year": year}, year), form, plan)


@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def calendar_day(request: HttpRequest, day: str) -> HttpResponse:
    """Change one day; Unseen for what is no day of the years shown."""
    try:
        asked = date.fromisoformat(day)
    except ValueError as error:
        raise Unseen("") from error
    year = asked.year
    _check_asked(year)
    rows = calendar_rows()
    told = arrangements_of(rows, year)
    now, name = _kind_of(asked, told)
    form = DayForm(
        request.POST or None,
        pack_id=running_pack(YEAR),
        initial={"kind": now.value, "name": name},
    )

    def plan() -> Plan:
        data = form.cleaned_data
        found = with_day(told, asked, DayKind(data["kind"]), data["name"])
        return _plan(rows, year, found, _head(year))

    return change(request, _page(spoken(asked), year), form, plan)


def _check_asked(year: int) -> None:
    if year not in years_to_choose(recent_of=year) or year < clock.today().year - 1:
        raise Unseen("")


def _head(year: int) -> Head:
    row = queries.term(YEAR, str(year))
    said = row.data if row else {}
    return Head(
        announced=said.get("announced") == "yes",
        notice=str(said.get("notice", "")),
        published=str(said.get("published", "")),
    )


def _kind_of(day: date, told: list[Arrangement]) -> tuple[DayKind, str]:
    for one in told:
        if day in one.days:
            return DayKind.OFF, one.name
        if day in one.worked:
            return DayKind.WORKED, one.name
    return DayKind.PLAIN, ""


def _page(title: str, year: int) -> Page:
    return Page(
        dictionary=YEAR,
        template="desk/setup/calendar_year.html",
        context={"year": year},
        title=title,
        note=_("启用后，暂定的时限马上重算；已经定下的时限不变，以后起算的按新安排。"),
        back_url=f"{reverse('desk:setup:calendar')}?year={year}",
    )


def _plan(rows: list[RowOfTerm], year: int, found: list[Arrangement], head: Head) -> Plan:
    validate_year(found, year)
    changes, removed = year_rows(
        rows,
        year,
        found,
        announced=head.announced,
        notice=head.notice,
        published=head.published,
    )
    _check_whole(rows, changes, removed)
    lines = [*_head_lines(year, _head(year), head), *_day_lines(arrangements_of(rows, year), found)]
    return Plan(changes, lines, removed)


def _check_whole(
    rows: list[RowOfTerm], changes: list[RowOfTerm], removed: list[tuple[str, str]]
) -> None:
    """The last days of a year may stand in two notices: they must not say both."""
    whole = changed(rows, changes, removed)

    def plain(dictionary: str) -> list[dict[str, str]]:
        return [
            {"code": row.code, "parent": row.parent_code, **row.data}
            for row in whole
            if row.dictionary == dictionary
        ]

    try:
        Calendar(notices_from(plain(YEAR), plain(ARRANGEMENT)))
    except ValueError as error:
        raise Invalid(
            _("有一天和相邻年份的安排对不上：一边放假，一边上班"), field="text"
        ) from error


def _head_lines(year: int, before: Head, after: Head) -> list[Line]:
    """What changes of the notice itself, in words."""
    lines = []
    if before.notice != after.notice:
        lines.append(Line(_("文号"), before.notice or "—", after.notice or "—"))
    if before.announced != after.announced:
        names = {True: _("已公布"), False: _("还没公布")}
        title = _("%(year)s 年的通知") % {"year": year}
        lines.append(Line(title, names[before.announced], names[after.announced]))
    return lines


def _day_lines(before: list[Arrangement], after: list[Arrangement]) -> list[Line]:
    """Days that turn, and festivals that are called otherwise, in words."""
    old, new = _days(before), _days(after)
    return [
        Line(spoken(day), old.get(day, _("照平常")), new.get(day, _("照平常")))
        for day in sorted({*old, *new})
        if old.get(day) != new.get(day)
    ]


def _days(arrangements: list[Arrangement]) -> dict[date, str]:
    off = {
        day: _("放假（%(name)s）") % {"name": one.name} for one in arrangements for day in one.days
    }
    worked = {
        day: _("上班（%(name)s调休）") % {"name": one.name}
        for one in arrangements
        for day in one.worked
    }
    return off | worked
