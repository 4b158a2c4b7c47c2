"""建议值多少: what advice covered, what people took, what was right, what it saved; by month."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from gezhi.faces.desk.topics_trend import Spark, spark
from gezhi.faces.desk.worth_forms import ToleranceForm
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel import clock
from gezhi.kernel.errors import Refusal, Unseen
from gezhi.kernel.viewer import Role, Viewer
from gezhi.work.triage import actions, queries
from gezhi.work.triage.queries import ModelView, WorthMonth, WorthPage, WorthRow

READERS = (Role.SUPERVISOR, Role.LEADER)
QUESTIONS = {
    "class": gettext_lazy("类别"),
    "kind": gettext_lazy("诉求类型"),
    "unit": gettext_lazy("承办单位"),
    "place": gettext_lazy("地点"),
    "same": gettext_lazy("同一件事"),
}
TOLERATED = ("class", "kind", "unit")
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class WorthLine:
    """One question in a month, each share with the counts it is made of; "—" of nothing."""

    name: str
    cases: int
    coverage: str
    taken: str
    right: str
    counts: tuple[str, str, str]
    promised: str
    fell: bool


@dataclass(frozen=True, slots=True)
class DriftLine:
    """One question over the months: the shares that were right, with a drawing."""

    name: str
    cells: tuple[str, ...]
    trend: Spark | None


@dataclass(frozen=True, slots=True)
class ToleranceLine:
    """What is set for one question, with the form that sets it where the viewer may."""

    name: str
    what: str
    percent: str
    form: ToleranceForm
    model: ModelView | None
    model_right: str


@require_GET
@staff_only(*READERS)
def worth(request: HttpRequest) -> HttpResponse:
    """The figures of a month (`?month=2026-11`, else this one) and what can be set."""
    return _shown(request)


@require_POST
@staff_only(Role.SUPERVISOR)
def tolerance(request: HttpRequest, what: str) -> HttpResponse:
    """Set the error the office bears for one question; refused figures come back (422)."""
    viewer = viewer_in(request)
    if what not in TOLERATED:
        raise Unseen(_("没有这一类建议"))
    form = ToleranceForm(request.POST, what=what)
    if not form.is_valid():
        return _shown(request, refused=form, status=422)
    try:
        actions.set_tolerance(what=what, error=form.cleaned_data["percent"] / 100, by=viewer)
    except Refusal as refusal:
        form.add_error("percent", str(refusal.message))
        return _shown(request, refused=form, status=422)
    words = _("已定：%(name)s建议每一百件最多错 %(percent)d 件。从现在起的新建议照这个来。")
    values = {"name": QUESTIONS[what], "percent": form.cleaned_data["percent"]}
    messages.success(request, words % values)
    return HttpResponseRedirect(reverse("desk:worth"), status=303)


@require_POST
@staff_only(Role.SUPERVISOR)
def train(request: HttpRequest, what: str) -> HttpResponse:
    """Ask a worker to learn one question from the office's own cases."""
    try:
        actions.ask_training(what=what, by=viewer_in(request))
    except Refusal as refusal:
        messages.warning(request, str(refusal.message))
    else:
        words = _("已排队：从本单位办过的事里重新学“%(name)s”，几分钟后在下面看结果。")
        messages.success(request, words % {"name": QUESTIONS[what]})
    return HttpResponseRedirect(reverse("desk:worth"), status=303)


def _shown(
    request: HttpRequest, *, refused: ToleranceForm | None = None, status: int = 200
) -> HttpResponse:
    viewer = viewer_in(request)
    found = queries.worth(viewer, month_of(request.GET.get("month", "")))
    context = {
        **figures_context(found),
        "tolerances": tolerance_lines(viewer, found, refused),
        "may_set": viewer.has(Role.SUPERVISOR),
        "refused": refused,
    }
    return render(request, "desk/worth/worth.html", context, status=status)


def month_of(typed: str) -> date | None:
    """The first day of "2026-11"; None for what is no month, or one to come."""
    try:
        month = datetime.strptime(typed, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
    except ValueError:
        return None
    return month if date(2000, 1, 1) <= month <= clock.today() else None


def figures_context(found: WorthPage) -> dict[str, Any]:
    """The month in words, with the ways to the months beside it."""
    before = date(found.month.year - (found.month.month == 1), (found.month.month - 2) % 12 + 1, 1)
    after = date(found.month.year + (found.month.month == 12), found.month.month % 12 + 1, 1)
    return {
        "month": found.month,
        "before": before,
        "after": after if after <= clock.today() else None,
        "rows": [line_of(row) for row in found.rows if row.tally.cases],
        "saved": found.minutes_saved,
        "minutes_taken": found.minutes_taken,
        "minutes_otherwise": found.minutes_otherwise,
        "drift_months": [one.month for one in found.drift],
        "drift": drift_lines(found.drift),
        "fallen": [str(QUESTIONS[row.what]) for row in found.rows if row.fell],
    }


def line_of(row: WorthRow) -> WorthLine:
    """One question's shares and counts in words."""
    tally = row.tally
    return WorthLine(
        name=str(QUESTIONS[row.what]),
        cases=tally.cases,
        coverage=share(tally.coverage),
        taken=share(tally.taken_share),
        right=share(tally.right_share),
        counts=(
            f"{tally.given}/{tally.cases}",
            f"{tally.taken}/{tally.settled}",
            f"{tally.right}/{tally.judged}",
        ),
        promised=share(1 - row.error) if row.what in TOLERATED else NOTHING,
        fell=row.fell,
    )


def drift_lines(months: tuple[WorthMonth, ...]) -> list[DriftLine]:
    """The right shares over the months, of the questions that were ever judged."""
    found = []
    for what, name in QUESTIONS.items():
        shares = [one.tallies[what].right_share if what in one.tallies else None for one in months]
        known = [value for value in shares if value is not None]
        if not known:
            continue
        words = _("%(name)s正确率，从早到晚：%(shares)s") % {
            "name": name,
            "shares": "、".join(share(value) for value in shares),
        }
        # Shares lie close together: the drawing shows their way, the figures beside it their size.
        trend = spark([100 * value for value in known], words, floor=100 * min(known) - 3)
        found.append(DriftLine(str(name), tuple(share(value) for value in shares), trend))
    return found


def tolerance_lines(
    viewer: Viewer, found: WorthPage, refused: ToleranceForm | None
) -> list[ToleranceLine]:
    """What is set and learnt for each question; a refused form stands with what was typed."""
    in_force = {one.what: one for one in queries.trained_models(viewer) if one.in_force}
    return [
        ToleranceLine(
            name=str(QUESTIONS[row.what]),
            what=row.what,
            percent=f"{100 * row.error:g}",
            form=refused
            if refused is not None and refused.what == row.what
            else ToleranceForm(what=row.what, percent=round(100 * row.error)),
            model=in_force.get(row.what),
            model_right=_right_of(in_force.get(row.what)),
        )
        for row in found.rows
        if row.what in TOLERATED
    ]


def share(value: float | None) -> str:
    """A share as "87.5%", whole where it is whole; "—" of nothing."""
    return NOTHING if value is None else f"{round(100 * value, 1):g}%"


def _right_of(model: ModelView | None) -> str:
    return share(model.measures.get("right")) if model else NOTHING
