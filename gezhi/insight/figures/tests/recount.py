"""The same figures counted by hand: each case's steps walked in order, with no counter and no formula.

Only what no step says comes from a row: what a reporter was promised and answered, and what somebody
left out. Asked after every random history (`tests/journeys/test_histories.py`).
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gezhi.insight.figures.counters import COUNTERS
from gezhi.insight.figures.periods import Period, Span, holding
from gezhi.insight.figures.reach import By, Reach
from gezhi.insight.figures.reckoning import reckon, sums_of
from gezhi.kernel import clock
from gezhi.work.cases.asides import real
from gezhi.work.cases.models import Case, Exclusion, Report, Step

_ENDS = {"closed", "archived", "rejected", "merged"}


@dataclass
class Send:
    """One sending to a lead unit, and what became of it."""

    at: datetime
    unit: int
    round: int
    returned: bool = False
    wrong: bool = False
    finished: bool = False
    reworks: int = 0


@dataclass
class Story:
    """What the steps of a case tell."""

    case: Case
    reported: datetime | None = None
    accepted: datetime | None = None
    ended: datetime | None = None
    end: str = ""
    state: str = ""
    spot: bool = False
    sends: list[Send] = field(default_factory=list)
    contacts: dict[int, datetime] = field(default_factory=dict)
    delays: set[int] = field(default_factory=set)
    answered_at: datetime | None = None
    ratings: dict[int, datetime] = field(default_factory=dict)

    @property
    def walked(self) -> bool:
        return self.end == "close" and self.state in ("closed", "archived") and not self.spot


def differences(reach: Reach, since: datetime) -> list[str]:
    """Every counter of every month since then that the database counts otherwise, in words."""
    stories = [_told(case) for case in Case.objects.filter(real(), street_id__in=reach.area_ids)]
    found = []
    month = holding(Span.MONTH, clock.local(since).date())
    while month.first <= clock.today():
        found += _of_month(month, stories, reach)
        month = month.later()
    return found


def _of_month(month: Period, stories: list[Story], reach: Reach) -> list[str]:
    own = _counted(month, stories)
    found = []
    for by in (By.WHOLE, By.UNIT, By.FAMILY):
        told = sums_of(reckon(COUNTERS, month, reach, by))
        for name in COUNTERS:
            if own.get(name, 0) != told.get(name, 0):
                words = f"{month.first} {by} {name}"
                found.append(f"{words}: {told.get(name, 0)}, by hand {own.get(name, 0)}")
    return found


def _told(case: Case) -> Story:
    story = Story(case)
    for step in Step.objects.filter(case=case).order_by("serial"):
        _step(story, step)
    return story


def _step(story: Story, step: Step) -> None:
    now, deed = step.recorded_at, step.deed
    if deed == "report":
        story.reported = now
    elif deed == "accept":
        story.accepted = now
    elif deed == "handle_on_the_spot":
        story.accepted, story.spot = now, True
    elif deed == "reopen":
        story.ended, story.end, story.spot = None, "", False
    elif deed in ("dispatch", "rule") and step.to_state == "dispatched":
        _sent(story, now, step.detail["lead"], step.round)
    elif deed == "return" and story.sends:
        story.sends[-1].returned = True
    elif deed == "finish":
        story.sends[-1].finished = True
    elif deed == "check" and step.to_state == "handling":
        if story.spot and not any(one.round == step.round for one in story.sends):
            story.sends.append(Send(now, step.holder_after_id or 0, step.round))
        story.sends[-1].finished = False
        story.sends[-1].reworks += 1
    elif deed in ("hang", "extend"):
        if step.detail["granted"]:
            story.delays.add(step.round)
    elif deed in ("hand_over", "lift") and story.sends:
        # Sent once, whoever has it now.
        if story.sends[-1].unit == step.detail["from"] and not story.sends[-1].returned:
            story.sends[-1].unit = step.detail["to"]
    elif deed == "contact" and step.report_id:
        story.contacts.setdefault(step.report_id, now)
    elif step.report_id and (
        deed == "rate" or (deed == "call_back" and step.reason_code == "reached")
    ):
        # Who was not reached, or would not say, rated nothing.
        story.ratings[step.report_id] = now
    if step.to_state in _ENDS and step.from_state not in _ENDS:
        story.ended, story.end = now, {"pass": "close"}.get(deed, deed)
        if deed == "answer":
            story.answered_at = now
    story.state = step.to_state


def _sent(story: Story, now: datetime, unit: int, round_: int) -> None:
    earlier = [one for one in story.sends if one.round == round_ and one.returned]
    if earlier and earlier[-1].unit != unit:
        earlier[-1].wrong = True
    story.sends.append(Send(now, unit, round_))


def _counted(month: Period, stories: list[Story]) -> dict[str, int]:
    own: dict[str, int] = {}

    def note(name: str, moment: datetime | None, amount: int = 1) -> None:
        if moment is not None and month.began_at <= moment < month.ended_at:
            own[name] = own.get(name, 0) + amount

    out = list(Exclusion.objects.filter(included_at=None).values("scope", "case_id", "report_id"))
    left = {row["case_id"] for row in out if row["scope"] == "case"}
    lately = {row["case_id"] for row in out if row["scope"] == "stage"}
    unrated = {row["report_id"] for row in out if row["scope"] == "rating"}
    unsent = set(
        Exclusion.objects.filter(included_at=None, scope="assignment").values_list(
            "case_id", "assignment__sent_at"
        )
    )
    length = 0.0
    for story in stories:
        if story.case.pk in left:
            continue
        if story.state != "merged":
            if story.end != "answer":
                note("reported", story.reported)
                if story.accepted:
                    note("filed", story.reported)
            note("accepted", story.accepted)
        if story.state in ("closed", "archived"):
            name = _how_it_ended(story)
            note(name, story.ended)
            if name == "closed" and story.ended and story.accepted:
                within = month.began_at <= story.ended < month.ended_at
                length += (story.ended - story.accepted).total_seconds() if within else 0
        for one in story.sends:
            if (story.case.pk, one.at) in unsent:
                continue
            note("sent", one.at)
            for word, holds in (
                ("accurate", not one.wrong),
                ("returned", one.returned),
                ("finished", one.finished or one.reworks > 0),
                ("reworked", one.reworks > 0),
            ):
                if holds:
                    note(word, one.at)
        for report in Report.objects.filter(case=story.case):
            _report(note, story, report, stories, late_counts=story.case.pk not in lately)
            if report.pk not in unrated and story.case.kind not in ("consult", "praise"):
                moments = [one.ratings[report.pk] for one in stories if report.pk in one.ratings]
                if moments:
                    note(report.resolved, max(moments))
                    if report.satisfied:
                        note(report.satisfied, max(moments))
    own["handling_time"] = int(length)
    return own


def _how_it_ended(story: Story) -> str:
    if story.end == "force_close":
        return "forced"
    if story.end == "answer":
        return "answered"
    return "on_the_spot" if story.spot else "closed"


def _report(
    note: Any, story: Story, report: Report, stories: list[Story], *, late_counts: bool
) -> None:
    """What falls due of a report: to contact its reporter, and for the first one to end the case."""
    due = report.promised_at
    if due >= clock.now() or story.state in ("rejected", "merged") or not late_counts:
        return
    if not report.anonymous:
        note("to_contact", due)
        if _contacted(report, stories) <= due:
            note("contacted", due)
    if (
        report.joined
        or report.first_case_id != story.case.pk
        or story.spot
        or story.end == "answer"
    ):
        return
    if "hung" in story.case.marks.split():
        return
    delayed = story.case.round in story.delays
    if delayed and story.case.due_at and story.case.due_at >= clock.now():
        return
    note("due", due)
    if story.walked and story.ended:
        note("due_closed", due)
        late = story.case.stages.filter(on_time=False).exists()
        if not late if delayed else story.ended <= due:
            note("due_on_time", due)


def _contacted(report: Report, stories: list[Story]) -> datetime:
    moments = [one.contacts[report.pk] for one in stories if report.pk in one.contacts]
    moments += [
        one.answered_at for one in stories if one.case.pk == report.case_id and one.answered_at
    ]
    return min(moments, default=datetime.max.replace(tzinfo=clock.SHANGHAI))
