"""The list of precedents 派单先例: what was ruled, found by words, and one of them."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from gezhi.ground.codes.queries import terms
from gezhi.kernel import clock, search
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.units.models import Unit
from gezhi.work.cases.models import Precedent
from gezhi.work.cases.precedents import valid_on
from gezhi.work.cases.queries.visible import visible_to


def precedents(viewer: Viewer, words: str = "", *, ended: bool = False) -> QuerySet[Precedent]:
    """Those in force, or those that ended, of the viewer's district, the newest first; every word
    fits the wording, the class, the area, the unit or the reason. Nobody's without the right."""
    rows = Precedent.objects.select_related("area", "unit", "duty", "ruling")
    if not viewer.may(Right.READ_PRECEDENTS):
        return rows.none()
    rows = rows.filter(district_id=viewer.district_id or 0)
    today = clock.today()
    rows = rows.filter(valid_to__lte=today) if ended else valid_on(rows, today)
    return search.every_word(rows, words, _fits).order_by("-id")


def _fits(word: str) -> Q:
    classes = [row.code for row in terms("matters") if word in row.name]
    said = search.holds(word, "wording", "area__name", "unit__name", "reason")
    return said | Q(class_code__istartswith=word) | Q(class_code__in=classes)


def get_precedent(viewer: Viewer, precedent_id: int) -> Precedent:
    """One in force that the viewer may end; Unseen otherwise."""
    found = precedents(viewer).filter(pk=precedent_id).first()
    if found is None or not viewer.may(Right.RULE):
        raise Unseen("")
    return found


def cases_of(viewer: Viewer, rows: Sequence[Precedent]) -> dict[int, str]:
    """The numbers of the cases these were ruled in, by precedent: of those the viewer may see."""
    cases = {row.ruling.case_id for row in rows}
    numbers = dict(visible_to(viewer).filter(pk__in=cases).order_by().values_list("pk", "number"))
    return {row.pk: numbers[row.ruling.case_id] for row in rows if row.ruling.case_id in numbers}


def of_unit(unit: Unit) -> list[Precedent]:
    """Those in force that give something to this unit."""
    return list(valid_on(Precedent.objects.filter(unit=unit), clock.today()))
