"""类别对照: what their classes are with us; one that nobody has settled is a hole."""

from django.db.models import Count
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, rows
from gezhi.kernel.errors import Invalid, Unseen
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer
from gezhi.work.orders.models import ClassMatch, Order
from gezhi.work.orders.rules import SYSTEM

_LENGTH = 80


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
    """Say which class of ours one of theirs is; orders that come from now on have it.

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


def offered() -> list[tuple[str, list[tuple[str, str]]]]:
    """Our classes to choose from, under the families they are of."""
    every = {row.code: row for row in codes.terms("matters")}
    found: dict[str, list[tuple[str, str]]] = {}
    for row in leaves():
        parent = every.get(row.parent_code)
        found.setdefault(parent.label if parent else "", []).append((row.code, row.label))
    return list(found.items())
