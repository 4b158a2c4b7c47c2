"""The year's days off and make-up days: seen as a year, changed by the notice or by a day."""

from calendar import Calendar as Weeks
from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.desk.setup import limits
from gezhi.faces.desk.setup.changing import ChangeForm, Line, Page, Plan, change, rows_of
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.parts import Tab
from gezhi.ground.codes import history, queries
from gezhi.ground.codes.holidays import (
    ARRANGEMENT,
    YEAR,
    Arrangement,
    DayKind,
    arrangements_of,
    check_year,
    spoken,
    with_day,
    year_rows,
)
from gezhi.ground.codes.notice import notice_text, read_notice
from gezhi.ground.codes.queries import TermRow
from gezhi.ground.codes.rules import RowOfTerm
from gezhi.kernel import clock
from gezhi.kernel.errors import Invalid, Unseen
from gezhi.kernel.viewer import Role
from gezhi.kernel.workdays import Calendar, notices_from

_YEARS_AHEAD = 2


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of the year's view; `mark` is 休, 班 or nothing, `name` the festival."""

    day: date
    mark: str
    name: str
    is_off: bool
    is_today: bool


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


@require_GET
@staff_only()
def calendar(request: HttpRequest) -> HttpResponse:
    """One year as twelve months, with what its notice says; `?year=2027`, else this year."""
    viewer = viewer_in(request)
    limits.under(request)
    year = _asked_year(request)
    rows = _rows()
    head = queries.term(YEAR, str(year))
    arrangements = arrangements_of(rows, year)
    may_change = viewer.has(Role.SYSTEM_ADMINISTRATOR)
    url = reverse("desk:setup:calendar")
    context = {
        "tabs": limits.tabs(viewer, request.path),
        "years": [
            Tab(_year_words(one), f"{url}?year={one}", None, one == year)
            for one in _years(recent_of=year)
        ],
        "year": year,
        "head": head,
        "announced": head is not None and head.data.get("announced") == "yes",
        "arrangements": [(one, spoken(one.off_from) if one.off_from else "",
                          spoken(one.off_to) if one.off_to else "",
                          "、".join(spoken(day) for day in one.worked)) for one in arrangements],
        "months": months(year, arrangements_of_all(rows)),
        "waiting": history.waiting("calendar"),
        "may_change": may_change,
        "unannounced": unannounced(),
    }  # fmt: skip
    return render(request, "desk/setup/calendar.html", context)


def unannounced() -> list[int]:
    """Years to come soon whose notice is not in: this one, and the next from November on, when
    the State Council announces it."""
    today = clock.today()
    near = [today.year, *([today.year + 1] if today.month >= 11 else [])]
    return [year for year in near if not _is_announced(queries.term(YEAR, str(year)))]


def _year_words(year: int) -> str:
    """The year as a tab calls it; one whose notice is due and not in says so."""
    return _("%(year)s（没填）") % {"year": year} if year in unannounced() else str(year)


def _is_announced(row: TermRow | None) -> bool:
    return row is not None and row.data.get("announced") == "yes"


def months(year: int, told: list[Arrangement]) -> list[tuple[int, list[list[DayCell | None]]]]:
    """The twelve months as weeks from Monday; None for days of other months."""
    off = {day: one.name for one in told for day in one.days}
    worked = {day: one.name for one in told for day in one.worked}
    today = clock.today()

    def cell(day: date) -> DayCell:
        resting = day in off or (day.weekday() >= 5 and day not in worked)
        mark = _("休") if day in off else _("班") if day in worked else ""
        name = off.get(day) or worked.get(day, "")
        return DayCell(day, mark, name, resting, day == today)

    weeks = Weeks()
    return [
        (
            month,
            [
                [cell(day) if day.month == month else None for day in week]
                for week in weeks.monthdatescalendar(year, month)
            ],
        )
        for month in range(1, 13)
    ]


@require_http_methods(["GET", "POST"])
@staff_only(Role.SYSTEM_ADMINISTRATOR)
def calendar_year(request: HttpRequest, year: int) -> HttpResponse:
    """Write a year's notice; Unseen for years nobody will ask about."""
    if year not in _years(recent_of=year) or year < clock.today().year - 1:
        raise Unseen("")
    rows = _rows()
    head = queries.term(YEAR, str(year))
    said = head.data if head else {}
    form = NoticeForm(
        request.POST or None,
        pack_id=_running(),
        initial={
            "text": notice_text(arrangements_of(rows, year)),
            "announced": said.get("announced") == "yes",
            "notice": said.get("notice", ""),
            "published": said.get("published", "") or None,
        },
    )

    def plan() -> Plan:
        data = form.cleaned_data
        found = read_notice(data["text"], year)
        if data["announced"] and not found:
            raise Invalid(_("一个节日也没有读到"), field="text")
        published = data["published"].isoformat() if data["published"] else ""
        return _plan(
            rows, year, found,
            announced=data["announced"], notice=data["notice"], published=published,
        )  # fmt: skip

    page = _page(_("%(year)s 年放假安排") % {"year": year}, year, "desk/setup/calendar_year.html")
    return change(request, page, form, plan, _running)


@require_http_methods(["GET", "POST"])
@staff_only(Role.SYSTEM_ADMINISTRATOR)
def calendar_day(request: HttpRequest, day: str) -> HttpResponse:
    """Change one day; Unseen for what is no day of the years shown."""
    try:
        asked = date.fromisoformat(day)
    except ValueError as error:
        raise Unseen("") from error
    year = asked.year
    if year not in _years(recent_of=year) or year < clock.today().year - 1:
        raise Unseen("")
    rows = _rows()
    head = queries.term(YEAR, str(year))
    told = arrangements_of(rows, year)
    now, name = _kind_of(asked, told)
    form = DayForm(
        request.POST or None, pack_id=_running(), initial={"kind": now.value, "name": name}
    )

    def plan() -> Plan:
        data = form.cleaned_data
        found = with_day(told, asked, DayKind(data["kind"]), data["name"])
        said = head.data if head else {}
        return _plan(
            rows, year, found,
            announced=said.get("announced") == "yes",
            notice=str(said.get("notice", "")), published=str(said.get("published", "")),
        )  # fmt: skip

    page = _page(spoken(asked), year, "desk/setup/calendar_year.html")
    return change(request, page, form, plan, _running)


def _kind_of(day: date, told: list[Arrangement]) -> tuple[DayKind, str]:
    for one in told:
        if day in one.days:
            return DayKind.OFF, one.name
        if day in one.worked:
            return DayKind.WORKED, one.name
    return DayKind.PLAIN, ""


def _page(title: str, year: int, template: str) -> Page:
    return Page(
        template=template,
        context={"year": year},
        title=title,
        note=_("启用后，暂定的时限马上重算；已经定下的时限不变，以后起算的按新安排。"),
        back_url=f"{reverse('desk:setup:calendar')}?year={year}",
    )


def _plan(
    rows: list[RowOfTerm], year: int, found: list[Arrangement], *,
    announced: bool, notice: str, published: str,
) -> Plan:  # fmt: skip
    check_year(found, year)
    changes, removed = year_rows(
        rows, year, found, announced=announced, notice=notice, published=published
    )
    _check_whole(rows, changes, removed)
    return Plan(changes, _lines(rows, year, found, announced=announced, notice=notice), removed)


def _check_whole(
    rows: list[RowOfTerm], changes: list[RowOfTerm], removed: list[tuple[str, str]]
) -> None:
    """The last days of a year may stand in two notices: they must not say both."""
    kept = {(row.dictionary, row.code): row for row in rows}
    for key in removed:
        kept.pop(key, None)
    kept |= {(row.dictionary, row.code): row for row in changes}

    def plain(dictionary: str) -> list[dict[str, str]]:
        return [
            {"code": row.code, "parent": row.parent_code, **row.data}
            for row in kept.values()
            if row.dictionary == dictionary
        ]

    try:
        Calendar(notices_from(plain(YEAR), plain(ARRANGEMENT)))
    except ValueError as error:
        raise Invalid(
            _("有一天和相邻年份的安排对不上：一边放假，一边上班"), field="text"
        ) from error


def _lines(
    rows: list[RowOfTerm], year: int, found: list[Arrangement], *, announced: bool, notice: str
) -> list[Line]:
    """What changes in words: days that turn, festivals that are called otherwise, the notice."""
    old, new = _days(arrangements_of(rows, year)), _days(found)
    lines = [
        Line(spoken(day), old.get(day, _("照平常")), new.get(day, _("照平常")))
        for day in sorted({*old, *new})
        if old.get(day) != new.get(day)
    ]
    head = next((row for row in rows if row.dictionary == YEAR and row.code == str(year)), None)
    said = head.data if head else {}
    names = {True: _("已公布"), False: _("还没公布")}
    was = said.get("announced") == "yes"
    if was != announced:
        lines.insert(0, Line(_("%(year)s 年的通知") % {"year": year}, names[was], names[announced]))
    if str(said.get("notice", "")) != notice:
        lines.insert(0, Line(_("文号"), str(said.get("notice", "")) or "—", notice or "—"))
    return lines


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


def arrangements_of_all(rows: list[RowOfTerm]) -> list[Arrangement]:
    """The arrangements of every year: the last days of one may stand in the next one's notice."""
    years = {int(row.parent_code) for row in rows if row.dictionary == ARRANGEMENT}
    return [one for year in sorted(years) for one in arrangements_of(rows, year)]


def _rows() -> list[RowOfTerm]:
    return rows_of((*queries.terms(YEAR), *queries.terms(ARRANGEMENT)))


def _years(*, recent_of: int) -> list[int]:
    """The years to choose from: what the pack has of late, and two ahead."""
    this = clock.today().year
    known = {int(row.code) for row in queries.terms(YEAR)} | set(
        range(this, this + _YEARS_AHEAD + 1)
    )
    first = min(this - 2, recent_of)
    return sorted(year for year in known if first <= year <= this + _YEARS_AHEAD)


def _asked_year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else 0
    return (
        year
        if year
        in {int(row.code) for row in queries.terms(YEAR)}
        | set(_years(recent_of=clock.today().year))
        else clock.today().year
    )


def _running() -> int:
    queries.forget()
    pack = queries.pack_holding(YEAR)
    if pack is None:
        raise Unseen("")
    return pack.id
