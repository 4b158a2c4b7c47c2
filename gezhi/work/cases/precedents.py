"""Which precedents 派单先例 speak for a case: of its class and place, narrowest area, likest words."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from gezhi.kernel import clock, prepared
from gezhi.kernel.bigrams import bigrams
from gezhi.kernel.viewer import Level
from gezhi.records.duties.queries import families_of
from gezhi.records.duties.rules import NARROWNESS
from gezhi.work.cases.models import Case, Precedent


def valid_on(rows: QuerySet[Precedent], day: date) -> QuerySet[Precedent]:
    """Those in force on a day: `valid_from` ≤ day < `valid_to`."""
    return rows.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gt=day))


def precedents_for(case: Case) -> list[Precedent]:
    """The precedents of this case's class or its families at its place whose unit is open.

    The class itself before its families, the narrowest area first, then whose wording shares most
    with the case's title, then the newest.
    """
    if not case.class_code:
        return []
    families = families_of(case.class_code)
    areas = [area for area in (case.grid_id, case.community_id, case.street_id) if area]
    found = prepared.ask(
        _of_classes,
        case.district_id,
        tuple(areas),
        tuple(map(prepared.Word, families)),
        clock.today(),
    )
    if not found:
        return []
    words = getattr(case, "words", None)
    said = frozenset(bigrams(words.title if words else ""))
    return sorted(
        found,
        key=lambda row: (
            families.index(row.class_code),
            NARROWNESS[Level(row.area.level)],
            -len(said & frozenset(bigrams(row.wording))),
            -row.pk,
        ),
    )


def speaks_first(case: Case, row: Precedent) -> bool:
    """Whether a precedent goes before the rules and the list: it was ruled for this very case, or for
    its very class in like words (a third of the pairs of signs its wording is made of)."""
    if row.ruling.case_id == case.pk:
        return True
    if row.class_code != case.class_code:
        return False
    words = getattr(case, "words", None)
    wording = frozenset(bigrams(row.wording))
    return len(wording & frozenset(bigrams(words.title if words else ""))) * 3 >= len(wording) > 0


def precedent_for(case: Case, unit_id: int) -> Precedent | None:
    """The precedent a sending of this case to this unit cites; None where none says so."""
    return next((row for row in precedents_for(case) if row.unit_id == unit_id), None)


def _of_classes(
    district_id: int, area_ids: Sequence[int], families: Sequence[str], today: date
) -> QuerySet[Precedent]:
    rows = Precedent.objects.filter(
        Q(area_id__in=area_ids) | Q(area__level=Level.DISTRICT),
        district_id=district_id,
        class_code__in=families,
        unit__closed_at=None,
    )
    return valid_on(rows, today).select_related("unit", "area", "duty", "ruling__case")
