"""What the group chat of a unit is told: how much it has to do, twice a day, and what is urgent at once.

Only for units whose group has a robot (`ground/notices/outgoing`). No class, no place, no name: counts,
and the last four digits of cases. Confidential cases are neither counted nor named.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gezhi.ground.notices import actions as notices
from gezhi.ground.notices.outgoing.channels import BadFile, channels, group_of
from gezhi.ground.notices.recipients import Recipient
from gezhi.kernel import clock
from gezhi.kernel.confidentiality import Confidentiality
from gezhi.records.units.models import Unit
from gezhi.work.cases.asides import marked
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.paging import is_pressing
from gezhi.work.cases.rules import Deed, Mark, State

TO_DOS, URGENT = "group", "group_case"
# So many tails are told; whoever logs in sees the rest.
_TOLD = 5
# Steps that bring a case to a unit that has to move at once.
_BRINGS = frozenset({Deed.DISPATCH, Deed.RULE})


def tell_groups() -> int:
    """Ask for a line to every group whose unit has something to do; how many. Keyed by the hour, so
    that twice in an hour tells once."""
    now = clock.local(clock.now())
    told = 0
    for unit in _units_with_groups():
        if not _open(unit.pk).exists():
            continue
        group = group_of(unit.name)
        if group is not None:
            notices.send_to_group(
                TO_DOS,
                unit.pk,
                group.robot,
                "group_to_dos",
                f"group:{unit.pk}:{now:%Y%m%d%H}",
                district_id=unit.district_id,
            )
            told += 1
    return told


def tell_of_urgent(step_id: int) -> None:
    """Ask for a line to the group of the unit that was sent an urgent case; safe to run again."""
    step = Step.objects.select_related("case", "case__holder").get(pk=step_id)
    case = step.case
    if case.holder is None or case.is_restricted or not is_pressing(case):
        return
    group = group_of(case.holder.name)
    if group is not None:
        notices.send_to_group(
            URGENT,
            case.pk,
            group.robot,
            "group_urgent",
            f"{step.pk}:group",
            district_id=case.district_id,
        )


def concerns_groups(step: Step) -> bool:
    """Whether a step may have to be told to a group at once; asked at every step, so it looks at the
    settings alone."""
    if step.deed not in _BRINGS:
        return False
    try:
        return bool(channels().groups)
    except BadFile:
        return False


def to_dos_of(unit_id: int) -> Recipient | None:
    """The group of a unit and what it is told now; None where it has nothing to do any more."""
    unit = Unit.objects.filter(pk=unit_id).first()
    rows = _open(unit_id)
    now = clock.now()
    tomorrow = datetime.combine(clock.today() + timedelta(days=1), time(), clock.SHANGHAI)
    if unit is None or not rows.exists():
        return None
    parts = [
        _("待接单 %(many)d 件") % {"many": rows.filter(state=State.DISPATCHED).count()},
        _("办理中 %(many)d 件") % {"many": rows.filter(state=State.HANDLING).count()},
        *_due(_("今天到期"), rows.filter(due_at__gte=now, due_at__lt=tomorrow)),
        *_due(_("已经超期"), rows.filter(due_at__lt=now)),
    ]
    words = {"unit": unit.short_name or unit.name, "what": "，".join(parts)}
    return Recipient(
        address=unit.name, text=_("【格治】%(unit)s：%(what)s。请登录格治办理。") % words
    )


def urgent_of(case_id: int) -> Recipient | None:
    """The group of the unit that has an urgent case in hand, and that it has; None once it has not."""
    case = Case.objects.select_related("holder").filter(pk=case_id).first()
    if case is None or case.holder is None or case.is_restricted:
        return None
    words = {"unit": case.holder.short_name or case.holder.name, "tail": case.number[-4:]}
    return Recipient(
        address=case.holder.name,
        text=_("【格治】%(unit)s：刚派来一件急事（尾号 %(tail)s），请马上登录格治接单。") % words,
    )


def _due(what: str, rows: "QuerySet[Case]") -> Iterable[str]:
    numbers = list(rows.order_by("due_at", "id").values_list("number", flat=True))
    if not numbers:
        return
    tails = "、".join(number[-4:] for number in numbers[:_TOLD])
    more = _("等") if len(numbers) > _TOLD else ""
    yield _("%(what)s %(many)d 件（尾号 %(tails)s%(more)s）") % {
        "what": what, "many": len(numbers), "tails": tails, "more": more,
    }  # fmt: skip


def _open(unit_id: int) -> "QuerySet[Case]":
    """What the unit has to do now, without what stands still and what is confidential."""
    return Case.objects.filter(
        ~marked(Mark.HUNG),
        Q(state=State.DISPATCHED) | Q(state=State.HANDLING),
        ended_at=None,
        holder_id=unit_id,
        confidentiality=Confidentiality.OPEN,
    )


def _units_with_groups() -> "QuerySet[Unit]":
    try:
        names = list(channels().groups)
    except BadFile:
        names = []
    return Unit.objects.filter(name__in=names, closed_at=None)
