"""催一催、催办: the reporter asks when; the centre, or the clock, reminds who has it in hand."""

from datetime import timedelta
from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Refusal
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, OnReport, do, do_for
from gezhi.work.cases.models import Case, Report, StageRow, Step
from gezhi.work.cases.rules import OPEN, Deed, Rule, Standing
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying

# Why the holder is reminded without a reporter: by the centre, or by the clock, each once a stage.
BY_CENTRE, BEFORE, EXPIRY = "by_centre", "before", "expiry"


def _not_to_be_urged(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    """Of staff; a reporter may ask at any time."""
    if seat is None:
        return None
    if case.holder_id == seat.unit_id:
        return Conflict(_("这件事就在本中心手上，不用催办，请接着办"), code="state")
    if case.due_at is not None and clock.now() > case.due_at:
        return Conflict(_("已经过了时限，催办晚了：请值班长或领导督办"), code="too_late")
    return None


declare(
    Declared(
        Deed.URGE,
        Rule(
            staying(OPEN),
            (Standing.REPORTER, Standing.CENTRE, Standing.SYSTEM),
            frozenset({Role.DISPATCHER, Role.SUPERVISOR, Role.LEADER}),
            "反映人，或街道的派遣员、值班长、领导",
        ),
        word=gettext_lazy("催办"),
        to_reporter=gettext_lazy("您催了一次"),
        to_worker=gettext_lazy("催了一次"),
        tells=Tells(
            unit=(Role.HANDLER, Role.COMMUNITY_CLERK, Role.ACCEPTOR, Role.DISPATCHER),
            by_reason=(BY_CENTRE, BEFORE, EXPIRY),
        ),
        own=True,
        place=175,
        refusal=_not_to_be_urged,
        while_hung=True,
    )
)


def urge(**to: Unpack[OnReport]) -> Step:
    """催一催: counted and shown to the holder; once in the pack's hours a report.

    Refuses (Conflict) sooner, and says when it counts again.
    """
    return do_for(Deed.URGE, {}, lambda doing: _urge(doing, to["report"]), **to)


def _urge(doing: Doing, report: Report) -> Step:
    hours = codes.figure("urge_pause_hours")
    recent = Step.objects.filter(
        case=doing.case,
        deed=Deed.URGE,
        report_id=report.pk,
        recorded_at__gt=doing.now - timedelta(hours=hours),
    )
    if recent.exists():
        raise Conflict(
            _("刚才已经催过，承办单位已经看到；%(hours)d 小时后可以再催") % {"hours": hours},
            code="too_soon",
        )
    return doing.finish()


def urge_holder(*, words: str, **to: Unpack[OnCase]) -> Step:
    """催办 by the centre, at or before expiry: the unit's people are told, and read the words.

    Refuses (Invalid) without words; (Conflict) what the centre holds itself, what is late already
    (that is to be supervised), and a second time within the pack's hours.
    """
    words = valid_words(words, required=True, what=_("催什么"))

    def body(doing: Doing) -> Step:
        hours = codes.figure("urge_pause_hours")
        recent = Step.objects.filter(
            case=doing.case,
            deed=Deed.URGE,
            reason_code=BY_CENTRE,
            recorded_at__gt=doing.now - timedelta(hours=hours),
        )
        if recent.exists():
            raise Conflict(
                _("中心刚才已经催过；%(hours)d 小时后可以再催") % {"hours": hours}, code="too_soon"
            )
        return doing.finish(words=words, reason_code=BY_CENTRE)

    return do(Deed.URGE, {"words": words}, body, **to)


def urge_by_clock(*, stage_id: int, at: str, **to: Unpack[OnCase]) -> Step:
    """催办 by the clock: `at` is "before" or "expiry" of the stage that runs.

    Refuses (Conflict) a stage that runs no more: it was done meanwhile.
    """

    def body(doing: Doing) -> Step:
        if not StageRow.objects.filter(pk=stage_id, case=doing.case, ended_at=None).exists():
            raise doing.not_now()
        return doing.finish(reason_code=at, detail={"stage": stage_id})

    return do(Deed.URGE, {"stage": stage_id, "at": at}, body, **to)
