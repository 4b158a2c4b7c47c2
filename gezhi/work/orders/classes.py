"""类别对照: what their classes are with us; one that nobody has settled is a hole."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, rows
from gezhi.kernel.errors import Conflict, Invalid, Unseen
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions as cases
from gezhi.work.cases.keys import derived
from gezhi.work.cases.rules import State
from gezhi.work.orders import queries
from gezhi.work.orders.models import ClassMatch, Order
from gezhi.work.orders.rules import SYSTEM

_LENGTH = 80
# So many cases are classed by one press: a page answers within seconds, the rest is offered again.
AT_ONCE = 200


def codes_of(district_id: int, words: set[str]) -> dict[str, str]:
    """Our class for each of these that was seen before; "" for a hole. What is not among them is
    asked for by `code_of`."""
    known = {one.code for one in codes.terms("matters")}
    found = ClassMatch.objects.filter(
        district_id=district_id, system=SYSTEM, words__in={one[:_LENGTH] for one in words}
    )
    ours = dict(found.values_list("words", "class_code"))
    settled = {one: ours[one[:_LENGTH]] for one in words if one[:_LENGTH] in ours}
    return {one: code if code in known else "" for one, code in settled.items()}


def code_of(district_id: int, words: str) -> str:
    """Our class for theirs; "" where nobody has settled it yet, which is noted as a hole.

    A class that is called as one of ours, by name or code, is that one.
    """
    words = words[:_LENGTH]
    if not words:
        return ""
    found = ClassMatch.objects.filter(district_id=district_id, system=SYSTEM, words=words).first()
    if found is None:
        found = ClassMatch(
            district_id=district_id,
            system=SYSTEM,
            words=words,
            class_code=_called(words),
            seen_at=clock.now(),
        )
        if not rows.insert_new(found):
            return code_of(district_id, words)
    known = codes.term("matters", found.class_code) if found.class_code else None
    return found.class_code if known is not None else ""


def _called(words: str) -> str:
    last = words.replace("＞", ">").replace("/", ">").split(">")[-1].strip()
    same = [row.code for row in leaves() if last in (row.label, row.code)]
    return same[0] if len(same) == 1 else ""


def leaves() -> list[codes.TermRow]:
    """Our classes that have none below them."""
    every = codes.terms("matters")
    parents = {row.parent_code for row in every}
    return [row for row in every if row.code not in parents]


def settle(*, match_id: int, class_code: str, by: Viewer) -> ClassMatch:
    """Say which class of ours one of theirs is; orders that come from now on have it, those that
    are here by `class_open`.

    The same said twice changes nothing. Refuses (Invalid) a class that is none, (Unseen) a row of
    another district.
    """
    require(by, Right.EXCHANGE_ORDERS)
    row = ClassMatch.objects.filter(pk=match_id, district_id=by.district_id or 0).first()
    if row is None:
        raise Unseen(_("没有这一条"))
    if class_code and class_code not in {one.code for one in leaves()}:
        raise Invalid(_("没有这个类别，请重新选择"), field="class_code")
    if row.class_code == class_code:
        return row
    row.class_code, row.set_by, row.set_at = class_code, by.user_id, clock.now()
    row.save(update_fields=["class_code", "set_by", "set_at"])
    audit.record(
        by=by,
        verb="orders.settle_class",
        subject_kind="class_match",
        subject_id=row.pk,
        detail={"class": class_code},
    )
    return row


@dataclass(frozen=True, slots=True)
class OpenOrders:
    """Open orders of one class of theirs that came before it was settled: how many cases still wait
    to be accepted without it, and how many were accepted since, whose class stands."""

    to_class: int
    accepted: int


def open_orders(viewer: Viewer, row: ClassMatch) -> OpenOrders:
    """Those of a class, as far as the viewer may see them; none while it is a hole."""
    if not row.class_code:
        return OpenOrders(0, 0)
    accepted = _came_with(viewer, row).exclude(report__case__state=State.REPORTED)
    differing = accepted.exclude(report__case__class_code=row.class_code)
    return OpenOrders(_cases(_to_class(viewer, row)), _cases(differing))


def class_open(*, match_id: int, by: Viewer) -> tuple[int, int]:
    """Give the settled class to the cases of open orders that came before it was settled, the oldest
    first, up to AT_ONCE: how many have it now, how many are left.

    Each is a step of its case (`cases.amend`). Whoever accepted one has settled its class: it stands,
    and so does the class of a case an order only joined. Refuses (Unseen) a row of another district,
    (Invalid) a hole.
    """
    require(by, Right.EXCHANGE_ORDERS)
    row = queries.class_match(by, match_id)
    if not row.class_code:
        raise Invalid(_("先定下当作我们的哪一类"), field="class_code")
    term = codes.term("matters", row.class_code)
    words = _("%(system)s 的“%(theirs)s”当作“%(ours)s”") % {
        "system": row.system,
        "theirs": row.words,
        "ours": term.label if term else row.class_code,
    }
    done: set[int] = set()
    with codes.steady():
        for order in _to_class(by, row).order_by("id")[:AT_ONCE]:
            if order.report.case_id in done:
                continue
            try:
                cases.amend(
                    number=order.report.case.number,
                    report_id=order.report_id,
                    origin=cases.Origin(order.system, order.number, order.version),
                    class_code=row.class_code,
                    words=words,
                    by=Viewer.system("orders", order.district_id),
                    key=derived("order.class", order.pk, order.report.case.version),
                )
            except Conflict:
                # Somebody accepted it at this moment: its class is settled.
                continue
            done.add(order.report.case_id)
    audit.record(
        by=by,
        verb="orders.class_open",
        subject_kind="class_match",
        subject_id=row.pk,
        detail={"class": row.class_code, "cases": len(done)},
    )
    return len(done), _cases(_to_class(by, row))


def _came_with(viewer: Viewer, row: ClassMatch) -> QuerySet[Order]:
    rows_ = queries.orders(viewer).filter(system=row.system, class_words=row.words)
    return rows_.filter(report__case__ended_at=None)


def _to_class(viewer: Viewer, row: ClassMatch) -> QuerySet[Order]:
    """Where nobody of ours has settled the class: none was known, or it is what this row said before."""
    own = Q(joined=False, report__first_case=F("report__case"))
    return (
        _came_with(viewer, row)
        .filter(Q(report__case__class_code="") | own, report__case__state=State.REPORTED)
        .exclude(report__case__class_code=row.class_code)
    )


def _cases(rows_: QuerySet[Order]) -> int:
    return rows_.order_by().values("report__case").distinct().count()


def matches(viewer: Viewer) -> list[ClassMatch]:
    """Every class of theirs that was seen, holes first."""
    rows_ = ClassMatch.objects.filter(district_id=viewer.district_id or 0)
    return list(rows_.order_by("class_code", "words")[:1000])


def holes(viewer: Viewer) -> int:
    """How many of their classes nobody has settled."""
    return ClassMatch.objects.filter(district_id=viewer.district_id or 0, class_code="").count()


def orders_of(viewer: Viewer) -> dict[str, int]:
    """How many orders came with each of their classes."""
    rows_ = Order.objects.filter(district_id=viewer.district_id or 0).exclude(class_words="")
    return dict(rows_.values_list("class_words").annotate(Count("id")).order_by())
