"""Checking the chains of cases: every step's own digest, every link, every head."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from gezhi.ground.audit.models import Head
from gezhi.ground.audit.rules import chained, fits
from gezhi.ground.audit.verification import Broken, Progress
from gezhi.work.cases.actions._steps import step_content
from gezhi.work.cases.models import Case, Step


@dataclass(frozen=True, slots=True)
class BrokenStep:
    """The first row that does not fit, by case and serial, and what is wrong with it."""

    case_id: int
    serial: int
    fault: str


def broken_steps(*, since: datetime | None = None) -> Iterator[BrokenStep]:
    """Every case whose chain is broken, with the first row of it that does not fit.

    `since` limits the walk to cases with a step recorded from then on; their chains are walked
    whole. Reads in order of case and serial, holding one row at a time.
    """
    steps = Step.objects.order_by("case_id", "serial")
    if since is not None:
        recent = Step.objects.filter(recorded_at__gte=since).values("case_id")
        steps = steps.filter(case_id__in=recent)
    heads = dict(
        Head.objects.filter(subject_kind="case").values_list("subject_id", "digest").iterator()
    )
    walked: set[int] = set()
    case_id, link, serial, broken = 0, "", 0, False
    for step in steps.iterator(chunk_size=2000):
        if step.case_id != case_id:
            if case_id and not broken and heads.get(case_id) != link:
                yield BrokenStep(case_id, serial + 1, "the last steps are missing")
            case_id, link, serial, broken = step.case_id, "", 0, False
            walked.add(case_id)
        if broken:
            continue
        fault = _fault(step, link, serial)
        if fault:
            broken = True
            yield BrokenStep(case_id, step.serial, fault)
        link, serial = step.chain_digest, step.serial
    if case_id and not broken and heads.get(case_id) != link:
        yield BrokenStep(case_id, serial + 1, "the last steps are missing")
    if since is None:
        yield from (
            BrokenStep(missing, 1, "all steps are missing") for missing in heads.keys() - walked
        )


def _fault(step: Step, link: str, serial: int) -> str:
    if step.serial != serial + 1:
        return "a step is missing before it"
    if not fits(step_content(step), step.digest):
        return "a field was changed"
    if step.chain_digest != chained(link, step.digest):
        return "it does not follow the step before it"
    return ""


def check_chains(since: datetime | None, progress: Progress) -> Broken | None:
    """The first broken step of the cases with steps since then, for `gezhi audit verify`."""
    progress(Step.objects.filter(recorded_at__gte=since).count() if since else Step.objects.count())
    found = next(broken_steps(since=since), None)
    if found is None:
        return None
    number = Case.objects.filter(pk=found.case_id).values_list("number", flat=True).first()
    return Broken("case", f"{number or found.case_id} #{found.serial}", found.fault)
