"""Where a case is written down, put right by whichever deed."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from gezhi.ground.audit.seals import Seals
from gezhi.kernel.errors import Invalid
from gezhi.records.places import queries as places
from gezhi.records.places.queries import Location
from gezhi.records.units.models import Unit, UnitKind
from gezhi.work.cases import searching
from gezhi.work.cases.doing import Doing
from gezhi.work.cases.intake.locating import locate, place_at_a_glance
from gezhi.work.cases.intake.report_text import Where
from gezhi.work.cases.models import Case, CaseWords
from gezhi.work.cases.rules import State

# Elsewhere the unit a case was sent to holds it, wherever the case lies.
_OF_THE_STREET = frozenset({State.REPORTED, State.ACCEPTED, State.CHECKING})


def asked_of(where: Where) -> list[object]:
    """What a deed's key stands for of a place."""
    area = [where.area_id] if where.area_id else []
    return [where.longitude, where.latitude, where.place_id, where.words, *area]


def put_right(case: Case, where: Where, seals: Seals) -> dict[str, Any]:
    """Set the case's place and areas; answers the ids before and after, {} where nothing changes.

    A place goes before a point. The grid then follows the grid now, since the case was there all
    along; where only the map was cut anew it stays. The words at a glance become those of the
    place; what the reporters said of it stays with their reports.
    """
    if where.place_id is not None:
        where = replace(where, longitude=None, latitude=None)
    location = _located(where, case)
    before, point = _ids_of(case), (case.longitude, case.latitude)
    case.street_id = location.street_id or case.street_id
    case.community_id = location.community_id
    if case.grid_id != location.grid_id:
        case.grid_id = case.grid_at_id = location.grid_id
    case.compound_id = location.compound_id
    case.place_id = where.place_id
    case.longitude, case.latitude = where.longitude, where.latitude
    after = _ids_of(case)
    if before == after and point == (case.longitude, case.latitude):
        return {}
    _note_words(case, where, seals)
    searching.renew(case)
    return {"was": before, "now": after}


def right_holder(doing: Doing, moved: dict[str, Any]) -> Unit:
    """Who holds the case where it lies now: the centre of another street, else who held it."""
    left_the_street = bool(moved) and moved["was"]["street"] != moved["now"]["street"]
    of_a_centre = doing.holder.kind == UnitKind.STREET_CENTRE
    if left_the_street and of_a_centre and doing.case.state in _OF_THE_STREET:
        return doing.centre
    return doing.holder


def _located(where: Where, case: Case) -> Location:
    if where.place_id is None and where.longitude is None and where.area_id is None:
        raise Invalid(_("请选一个地点"), field="place_id")
    location = locate(where, case.district_id)
    if location.street_id is None:
        raise Invalid(_("这个地点不在任何街道里，请重新选择"), field="place_id")
    return location


def _ids_of(case: Case) -> dict[str, int | None]:
    return {
        "place": case.place_id,
        "compound": case.compound_id,
        "grid": case.grid_id,
        "community": case.community_id,
        "street": case.street_id,
    }


def _note_words(case: Case, where: Where, seals: Seals) -> None:
    said = place_at_a_glance(where)
    if not said and case.compound_id:
        said = places.whole_names_of([case.compound_id]).get(case.compound_id, "")
    if said:
        for words in CaseWords.objects.filter(case=case):
            seals.change(words, place_words=said)
