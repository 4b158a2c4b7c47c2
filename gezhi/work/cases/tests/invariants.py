"""What must hold of every case whatever happened to it; used by histories, soak and crash."""

from collections import Counter

from gezhi.ground.jobs.models import Task
from gezhi.records.units.models import Unit, UnitKind
from gezhi.work.cases.asides import ASIDES
from gezhi.work.cases.models import (
    Assignment,
    Case,
    CaseSearch,
    CaseWords,
    Report,
    StageRow,
    Step,
)
from gezhi.work.cases.rules import ENDED, TABLE, Deed, Mark, State, stage_of
from gezhi.work.cases.searching import line_of, marks_of
from gezhi.work.cases.verification import broken_rows


def faults() -> list[str]:
    """Every breach found in the database, in words; empty when all is well."""
    found = [f"chain: {row}" for row in broken_rows()]
    for case in Case.objects.select_related("holder"):
        found += [f"{case.number}: {fault}" for fault in _faults_of(case)]
    return found


def _faults_of(case: Case) -> list[str]:
    found = []
    state = State(case.state)
    if (case.ended_at is None) == (state in ENDED):
        found.append("ended and state disagree")
    if state not in ENDED and (case.holder is None or case.due_at is None):
        found.append("open without holder or due time")
    if case.checked_by is not None and case.checked_by == case.finished_by:
        found.append("checked by whoever finished it")
    if Assignment.objects.filter(case=case, ended_at=None, unit__closed_at__isnull=False).exists():
        found.append("an open assignment lies with a closed unit")
    if case.holder is not None and not case.holder.is_open:
        found.append("held by a closed unit")
    if case.holder is not None and _is_of_another_street(case, case.holder, state):
        found.append("held by the centre of another street")
    found += _history_faults(case, list(Step.objects.filter(case=case).order_by("serial")))
    found += _row_faults(case, state)
    found += _search_faults(case, state)
    found += [
        f"the mark {mark} and its rows disagree"
        for mark, aside in ASIDES.items()
        if aside.holds(case) != (mark in case.all_marks)
    ]
    if state is not State.MERGED and not Report.objects.filter(case=case).exists():
        found.append("a case without a report")
    if state is State.MERGED and Report.objects.filter(case=case).exists():
        found.append("a merged case kept a report")
    return found


def _search_faults(case: Case, state: State) -> list[str]:
    """What is looked through says what the words say now, and stands in the index at the end only."""
    ended = state in ENDED
    kept, words = CaseSearch.objects.get(case=case), CaseWords.objects.get(case=case)
    line = line_of(words, marks_of(case) if ended else ())
    return [] if (kept.line, kept.ended) == (line, ended) else ["a search finds something else"]


def _is_of_another_street(case: Case, holder: Unit, state: State) -> bool:
    """Its checkers could not even see it. Where the street has no centre another one helps out."""
    if holder.kind != UnitKind.STREET_CENTRE or holder.area_id == case.street_id:
        return False
    own = Unit.objects.filter(kind=UnitKind.STREET_CENTRE, area_id=case.street_id, closed_at=None)
    return state not in (State.DISPATCHED, State.HANDLING) and own.exists()


def _history_faults(case: Case, steps: list[Step]) -> list[str]:
    found = []
    if [step.serial for step in steps] != list(range(1, case.version + 1)):
        found.append("serials have a gap or version disagrees")
    state = ""
    round_ = 1
    for step in steps:
        if step.from_state != state:
            found.append(f"step {step.serial} begins at {step.from_state}, case was {state}")
        if step.from_state and not TABLE[Deed(step.deed)].allows(
            State(step.from_state), State(step.to_state)
        ):
            found.append(f"step {step.serial} is not in the table")
        round_ += step.deed == Deed.REOPEN
        state = step.to_state
        told = step.deed in (Deed.REPORT, Deed.JOIN, Deed.DISPATCH, Deed.CLOSE)
        # The step a merge writes at its target announces nothing: no new report came.
        told &= not (step.deed == Deed.JOIN and step.report_id is None)
        if told and not Task.objects.filter(key=f"announce:{step.pk}").exists():
            found.append(f"step {step.serial} has no task")
    if state != case.state:
        found.append("the story ends elsewhere than the case")
    if round_ != case.round:
        found.append("round disagrees with the reopenings")
    return found


def _row_faults(case: Case, state: State) -> list[str]:
    found = []
    running = list(StageRow.objects.filter(case=case, ended_at=None))
    if state in ENDED and running:
        found.append("a clock runs after the end")
    if state not in ENDED:
        if len(running) != 1:
            found.append(f"{len(running)} clocks run")
        elif running[0].stage != stage_of(
            state, case.check_passed, Mark.DISPUTED in case.all_marks
        ):
            found.append("the wrong clock runs")
        elif running[0].due_at != case.due_at:
            found.append("stage and case are due at different times")
    leads = list(Assignment.objects.filter(case=case, part="lead", ended_at=None))
    if state in (State.DISPATCHED, State.HANDLING):
        if [lead.unit_id for lead in leads] != [case.holder_id]:
            found.append("holder is not the open lead")
    elif state in ENDED | {State.REPORTED, State.VERIFYING, State.ACCEPTED} and leads:
        found.append("an assignment is open though nobody handles")
    twice = [
        unit
        for unit, times in Counter(
            # What is called to the place may lead or assist as well.
            Assignment.objects.filter(case=case, ended_at=None)
            .exclude(part="called")
            .values_list("unit_id", flat=True)
        ).items()
        if times > 1
    ]
    if twice:
        found.append("one unit is sent the same case twice")
    return found
