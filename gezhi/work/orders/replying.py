"""回件: what we say back. Most of it comes from the steps of the case by itself; a clerk adds to it,
or writes one by hand."""

from collections.abc import Callable, Sequence
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
# So many are written in one transaction, so that nobody else waits long.
_AT_ONCE = 200


def collect(district_id: int, order_id: int | None = None) -> int:
    """Write down the replies that the steps of cases have brought about; how many are new.

    Safe to do again and at the same time: each step is told once. Of what happened before an order
    came only that it was accepted is told of.
    """
    made = 0
    untold = _untold(district_id, order_id)
    for at in range(0, len(untold), _AT_ONCE):
        some = untold[at : at + _AT_ONCE]
        with transaction.atomic():
            signed = _signed([(order, step) for order, step in some if _is_end(step)])
            for order, step in some:
                kinds = [KIND_OF[step.deed]]
                if _is_end(step) and not signed(order, step):
                    kinds.insert(0, ReplyKind.SIGN)
                for kind in kinds:
                    row = Reply(
                        district_id=district_id,
                        order=order,
                        kind=kind,
                        step_id=step.pk,
                        made_at=clock.now(),
                    )
                    made += rows.insert_new(row)
    return made


def _is_end(step: Step) -> bool:
    return KIND_OF[step.deed] == ReplyKind.FINISH


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
    told_of = [
        step
        for step in steps.select_related("case", "words")
        if may_be_told(step) or step.deed == Deed.FORCE_CLOSE
    ]
    orders = _orders_of({step.case_id for step in told_of})
    return [
        (order, step)
        for step in told_of
        for order in orders[step.case_id]
        if step.recorded_at >= order.arrived_at or step.deed == Deed.ACCEPT
    ]


def _orders_of(case_ids: set[int]) -> dict[int, list[Order]]:
    found: dict[int, list[Order]] = {case_id: [] for case_id in case_ids}
    wanted = sorted(case_ids)
    for at in range(0, len(wanted), _AT_ONCE):
        some = Order.objects.filter(report__case__in=wanted[at : at + _AT_ONCE])
        for order in some.select_related("report").order_by("id"):
            found[order.report.case_id].append(order)
    return found


def _signed(ends: Sequence[tuple[Order, Step]]) -> Callable[[Order, Step], bool]:
    """Of these: whether an order was signed for before it ends at a step. Asked in their order, since
    the first end of one that was not signs for it."""
    of = Reply.objects.filter(order__in=[order.pk for order, _step in ends], kind=ReplyKind.SIGN)
    signed = set(of.values_list("order", flat=True))
    steps = Step.objects.filter(case__in={step.case_id for _order, step in ends}, deed=Deed.ACCEPT)
    # The last said of a case is its first.
    accepted = dict(steps.order_by("-serial").values_list("case_id", "serial"))

    def is_signed(order: Order, step: Step) -> bool:
        before = accepted.get(step.case_id)
        known = order.pk in signed or (before is not None and before < step.serial)
        signed.add(order.pk)
        return known

    return is_signed


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
