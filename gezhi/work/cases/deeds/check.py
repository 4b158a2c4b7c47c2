"""核查: somebody who did not handle it looks."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.viewer import Role
from gezhi.records.units.models import Unit
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Assignment, Case, Step
from gezhi.work.cases.own_work import own_work
from gezhi.work.cases.rules import Deed, Rule, Standing, State
from gezhi.work.deeds.asked import Photos, valid_words
from gezhi.work.deeds.rules import moving


def _is_passed(case: Case) -> bool:
    return case.check_passed


declare(
    Declared(
        Deed.CHECK,
        Rule(
            moving((State.CHECKING, State.CHECKING), (State.CHECKING, State.HANDLING)),
            (Standing.HOLDER, Standing.GRID),
            frozenset({Role.CHECKER, Role.GRID_WORKER, Role.COMMUNITY_CLERK}),
            "没有经手处置的核查员或网格员",
        ),
        word=gettext_lazy("核查"),
        to_reporter=gettext_lazy("有人去核查过了"),
        to_worker=gettext_lazy("核查了"),
        tells=Tells(
            unit=(Role.HANDLER, Role.COMMUNITY_CLERK), unit_at=State.HANDLING, kind="case_rework"
        ),
        place=130,
        refusal=own_work,
        quiet=_is_passed,
    )
)


def check(
    *, passed: bool, words: str = "", photos: Photos | None = None, **to: Unpack[OnCase]
) -> Step:
    """核查: somebody who did not handle it looks; passed goes on to closing, failed goes back.

    Refuses (NotPermitted) the person who finished it, and their whole unit unless 即采即办;
    (Invalid) a failure without words.
    """
    words = valid_words(words, required=not passed, what=_("哪里没有办好"))
    photos = photos or []

    def body(doing: Doing) -> Step:
        doing.case.checked_by = doing.by.user_id
        if passed:
            doing.case.check_passed_at = doing.now
            doing.move(State.CHECKING, doing.centre)
        else:
            _back_to_its_unit(doing)
        return doing.finish(
            words=words, reason_code="passed" if passed else "rework", photos={"check": photos}
        )

    return do(Deed.CHECK, {"passed": passed, "words": words, "photos": photos}, body, **to)


def _back_to_its_unit(doing: Doing) -> None:
    lead = _reworked(doing)
    doing.move(State.HANDLING, lead.unit)
    # One clock for whoever looks: the assignment falls due when the stage does.
    lead.clock_began_at = doing.now
    running = doing.case.stages.get(ended_at=None)
    for name in ("due_at", "provisional", "calendar_version", "limit_words"):
        setattr(lead, name, getattr(running, name))
    doing.seals.settle(lead)
    lead.save()


def _reworked(doing: Doing) -> Assignment:
    """The assignment of the unit that must do it again, counted once more; not saved yet."""
    case = doing.case
    lead = (
        Assignment.objects.select_related("unit")
        .filter(case=case, part="lead", ended_at=None)
        .first()
    )
    if lead is None:
        # 即采即办 has no assignment yet: its rework is one, to the community that held it.
        lead = Assignment(
            district_id=case.district_id,
            case=case,
            unit=Unit.objects.get(pk=case.finished_unit_id or 0),
            round=case.round,
            sent_at=doing.now,
            sent_by=doing.by.user_id,
            due_at=doing.due_at,
        )
    doing.seals.watch(lead)
    lead.finished_at = None
    lead.reworked += 1
    return lead
