"""回件: what we say back. Most of it comes from the steps of the case by itself; a clerk adds to it,
or writes one by hand."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.kernel import clock, rows, words
from gezhi.kernel.errors import Conflict, Invalid, Unseen
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.models import Report, Step
from gezhi.work.cases.rules import Deed
from gezhi.work.orders import queries
from gezhi.work.orders.models import Order, Reply, ReplyKind
from gezhi.work.orders.rules import KIND_OF
from gezhi.work.orders.telling import may_be_told

# What ended longer ago has said its last.
_LATELY = timedelta(days=60)


def collect(district_id: int, order_id: int | None = None) -> int:
    """Write down the replies that the steps of cases have brought about; how many are new.

    Safe to do again and at the same time: each step is told once. Of what happened before an order
    came only that it was accepted is told of.
    """
    made = 0
    for order, step in _untold(district_id, order_id):
        kinds = [KIND_OF[step.deed]]
        if kinds == [ReplyKind.FINISH] and not _signed(order, step):
            kinds.insert(0, ReplyKind.SIGN)
        for kind in kinds:
            row = Reply(
                district_id=district_id,
                order=order,
                kind=kind,
                step_id=step.pk,
                made_at=clock.now(),
            )
            with transaction.atomic():
                made += rows.insert_new(row)
    return made


def _untold(district_id: int, order_id: int | None) -> list[tuple[Order, Step]]:
    told = Reply.objects.filter(
        order__report__case=OuterRef("case"), step_id=OuterRef("pk"), district_id=district_id
    )
    steps = (
        Step.objects.filter(
            Q(case__ended_at=None) | Q(case__ended_at__gte=clock.now() - _LATELY),
            Exists(Report.objects.filter(case=OuterRef("case"), order__isnull=False)),
            case__district_id=district_id,
            deed__in=[str(deed) for deed in KIND_OF],
        )
        .exclude(Exists(told))
        .order_by("case_id", "serial")
    )
    if order_id is not None:
        steps = steps.filter(case__reports__order=order_id)
    found = []
    for step in steps.select_related("case", "words"):
        if not may_be_told(step) and step.deed != Deed.FORCE_CLOSE:
            continue
        found += [
            (order, step)
            for order in Order.objects.filter(report__case=step.case_id)
            if step.recorded_at >= order.arrived_at or step.deed == Deed.ACCEPT
        ]
    return found


def _signed(order: Order, step: Step) -> bool:
    return (
        Reply.objects.filter(order=order, kind=ReplyKind.SIGN).exists()
        or Step.objects.filter(case=step.case_id, deed=Deed.ACCEPT, serial__lt=step.serial).exists()
    )


def add(
    *,
    order_id: int,
    kind: str,
    said: str,
    unit_words: str = "",
    basis: str = "",
    until: datetime | None = None,
    key: str,
    by: Viewer,
) -> Reply:
    """Write a reply by hand: 退单 with reason and proposed unit, 延期 with reason and until when,
    more of how it is done. The case is left as it is.

    The same key is the same reply. Refuses (Invalid) what a kind needs and was not said.
    """
    require(by, Right.EXCHANGE_ORDERS)
    order = queries.order(by, order_id)
    if kind not in ReplyKind.values:
        raise Invalid(_("请选择写哪一种回件"), field="kind")
    text = words.clean(said, field="said")[:1000]
    unit = words.line(unit_words, field="unit_words", most=80)
    if not text:
        raise Invalid(_("请写明理由或内容"), field="said")
    if kind == ReplyKind.RETURN and not unit:
        raise Invalid(_("退单要写建议由哪个单位承办"), field="unit_words")
    if kind == ReplyKind.EXTEND and (until is None or until <= clock.now()):
        raise Invalid(_("延期要写延到什么时候，要晚于现在"), field="until")
    with transaction.atomic():
        row = Reply(
            district_id=order.district_id,
            order=order,
            kind=kind,
            words=text,
            unit_words=unit,
            basis=words.line(basis, field="basis", most=500),
            until=until,
            key=key[:80],
            made_at=clock.now(),
            made_by=by.user_id,
        )
        if not rows.insert_new(row):
            return Reply.objects.get(order=order, key=key[:80])
        audit.record(
            by=by,
            verb="orders.reply",
            subject_kind="order",
            subject_id=order.pk,
            detail={"kind": str(kind)},
        )
    return row


def complete(*, reply_id: int, said: str, unit_words: str, basis: str, by: Viewer) -> Reply:
    """Add to a reply what no step says: the unit it should go to, the basis, a few words more.

    Refuses (Conflict) one that was written into a sheet already, (Unseen) one the viewer cannot see.
    """
    require(by, Right.EXCHANGE_ORDERS)
    with transaction.atomic():
        row = Reply.objects.select_for_update().filter(pk=reply_id).first()
        if row is None:
            raise Unseen(_("没有这条回件"))
        queries.order(by, row.order_id)
        if row.written_at is not None:
            raise Conflict(_("这条回件已经导出了，不能再改；要补充就另写一条"))
        row.words = words.clean(said, field="said")[:1000]
        row.unit_words = words.line(unit_words, field="unit_words", most=80)
        row.basis = words.line(basis, field="basis", most=500)
        row.save(update_fields=["words", "unit_words", "basis"])
        audit.record(
            by=by,
            verb="orders.reply",
            subject_kind="order",
            subject_id=row.order_id,
            detail={"kind": row.kind},
        )
    return row


def write_out(*, serial: str, by: Viewer) -> list[Reply]:
    """Take the replies that wait, as far as the viewer may read their cases, into the file of this
    number: from now on they are written. The same number again answers the same replies.
    """
    require(by, Right.EXCHANGE_ORDERS)
    collect(by.district_id or 0)
    with transaction.atomic():
        waiting = list(queries.waiting(by).select_for_update(of=("self",)))
        Reply.objects.filter(pk__in=[row.pk for row in waiting]).update(
            written_at=clock.now(), file=serial
        )
    return waiting


def written(by: Viewer, serial: str) -> QuerySet[Reply]:
    """The replies of a file that was written before, as far as the viewer may read them now."""
    return queries.readable(by).filter(file=serial)
