"""合并: the reports of one case go to another, this one ends."""

from typing import Unpack

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.audit.seals import Seals
from gezhi.kernel.errors import Conflict, Invalid, Unseen
from gezhi.work.cases.declared import Declared, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.keys import derived
from gezhi.work.cases.models import Attachment, Case, Report, Reporter, ReportWords, Step
from gezhi.work.cases.queries.visible import visible_to
from gezhi.work.cases.rules import INTAKE, Deed, Mark, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import moving

declare(
    Declared(
        Deed.MERGE,
        Rule(
            moving((State.REPORTED, State.MERGED), (State.ACCEPTED, State.MERGED)),
            (Standing.HOLDER,),
            INTAKE,
            "持有单位的受理员",
        ),
        word=gettext_lazy("合并"),
        to_worker=gettext_lazy("并入另一件事"),
        place=60,
    )
)


@transaction.atomic
def merge(*, into: str, words: str = "", **to: Unpack[OnCase]) -> Step:
    """合并: the reports move to the other case with their photos, each keeps its receipt and clock;
    this one ends.

    Refuses (Invalid) itself as target, (Unseen) a target the viewer cannot see, (Conflict) a
    target that has ended, (Invalid) one of an exercise with one that happened, and a restricted case
    into one that is not: its words would stand open there. The other way round the open one's
    reports are kept from then on.
    """
    words = valid_words(words)
    if into == to["number"]:
        raise Invalid(_("不能并入自己，请选择另一件事"), field="into")
    # Two merges towards each other wait in the same order and cannot lock each other out.
    list(
        visible_to(to["by"])
        .select_for_update(of=("self",))
        .filter(number__in=[to["number"], into])
        .order_by("id")
    )
    content = {"into": into, "words": words}
    return do(Deed.MERGE, content, lambda doing: _merge(doing, into, words), **to)


def _merge(doing: Doing, into: str, words: str) -> Step:
    case, by = doing.case, doing.by
    target = visible_to(by).filter(number=into, district_id=case.district_id).first()
    if target is None:
        raise Unseen(_("没有找到要并入的事件"))
    if (Mark.DRILL in case.all_marks) != (Mark.DRILL in target.all_marks):
        raise Invalid(_("一件是演练、一件是真的，不能合并；演练的事由演练收场"), field="into")
    if case.is_restricted and not target.is_restricted:
        raise Invalid(
            _("保密的事不能并入不保密的事；可以打开那一件，把它并到这件里来"), field="into"
        )
    if not target.is_open:
        raise Conflict(_("要并入的事件已经办完，不能并入"), code="state")
    moved = _reports_moved(doing, target)
    case.merged_into = target
    doing.end(State.MERGED)
    step = doing.finish(words=words, detail={"into": target.pk})
    receiving = Doing.begin(
        Deed.JOIN,
        number=into,
        by=by,
        key=derived(doing.key, "into"),
        content={"merged": case.number},
    )
    receiving.seals.moved += moved.moved
    # No new report came: nobody is told.
    receiving.announced = False
    receiving.finish(detail={"merged": case.pk})
    return step


def _reports_moved(doing: Doing, target: Case) -> Seals:
    """Have every report of the case go to the target, and its photos seen there; what the target's
    rows gain by it. What hangs on a step stays with the story it is of."""
    moved = Seals()
    reports = list(Report.objects.filter(case=doing.case))
    photos = list(Attachment.objects.filter(report__in=reports))
    beside = [
        *ReportWords.objects.filter(report__in=reports),
        *Reporter.objects.filter(report__in=reports),
    ]
    doing.seals.change_all(reports, case=target)
    doing.seals.change_all(photos, case=target)
    for row in (*reports, *photos, *beside):
        doing.seals.release(row)
        moved.take(row, row.seal)
    return moved
