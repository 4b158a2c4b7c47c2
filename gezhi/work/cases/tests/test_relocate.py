"""改地点: the case is written down where it is, and everything that hangs on the place follows."""

from typing import Any

import pytest

from gezhi.ground.audit.models import Entry
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, KeyReused, NotPermitted, Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import actions as places
from gezhi.records.places.models import Place, PlaceKind
from gezhi.work.cases import queries
from gezhi.work.cases.actions import Where, accept, ask, relocate
from gezhi.work.cases.models import Case, CaseWords, ReportWords, StageRow, Step
from gezhi.work.cases.tests import invariants
from gezhi.work.cases.tests.playing import Play, a_class
from tests.cast import SYSTEM, Cast, box

MIDDLE = (3.0, 1.0)


@pytest.fixture
def elsewhere(cast: Cast) -> Place:
    """A compound of the other street, whose centre is another one."""
    point = box(*MIDDLE, 3.2, 1.2).centroid
    draft = places.PlaceDraft(PlaceKind.COMPOUND, "柳荫里", longitude=point.x, latitude=point.y)
    places.add_places([draft], district_id=cast.street.district.pk, by=SYSTEM)
    return Place.objects.get(pk=draft.id)


def _unplaced(play: Play, words: str = "3栋旁边那个垃圾站") -> Play:
    return play.report(where=Where(words=words))


def _put(play: Play, place: Place | None, by: Viewer | None = None, **rest: Any) -> Step:
    where = rest.pop("where", None) or Where(place_id=place.pk if place else None)
    step = play.do(relocate, by or play.cast.acceptor.viewer, where=where, **rest)
    assert isinstance(step, Step)
    return step


def _ids(case: Case) -> tuple[Any, ...]:
    return case.street_id, case.community_id, case.grid_id, case.compound_id, case.place_id


def test_the_areas_follow_the_place_and_the_clock_stays(play: Play) -> None:
    street = play.cast.street
    before = _unplaced(play).case
    _put(play, street.building)
    case = play.case
    assert _ids(case) == (
        street.street.pk, street.community.pk, street.grid.pk, street.compound.pk,
        street.building.pk,
    )  # fmt: skip
    assert (case.state, case.holder_id, case.due_at) == (
        before.state,
        before.holder_id,
        before.due_at,
    )
    assert StageRow.objects.filter(case=case).count() == 1
    assert invariants.faults() == []


def test_the_figures_find_it_in_the_grid_it_was_in_all_along(play: Play) -> None:
    _unplaced(play)
    assert play.case.grid_at_id is None
    _put(play, play.cast.street.building)
    assert play.case.grid_at_id == play.cast.street.grid.pk


def test_where_only_the_map_was_cut_anew_the_grid_then_stays(play: Play) -> None:
    street = play.cast.street
    play.report()
    Case.objects.filter(pk=play.case.pk).update(grid_at_id=street.other_grid.pk)
    _put(play, street.building)
    assert play.case.grid_at_id == street.other_grid.pk


def test_a_point_is_a_place_too_and_the_old_place_is_gone(play: Play) -> None:
    street = play.cast.street
    play.report(where=Where(place_id=street.building.pk))
    longitude, latitude = street.next_point
    _put(play, None, where=Where(longitude=longitude, latitude=latitude, words="柏树里后门"))
    case = play.case
    assert (case.place_id, case.grid_id) == (None, street.next_grid.pk)
    assert (case.longitude, case.latitude) == (longitude, latitude)
    assert case.words.place_words == "柏树里后门"


def test_a_place_takes_the_point_away_that_was_wrong(play: Play) -> None:
    play.report()
    _put(play, play.cast.street.next_compound)
    assert (play.case.longitude, play.case.latitude) == (None, None)
    assert play.case.grid_id == play.cast.street.next_grid.pk


def test_lists_show_the_new_place_and_the_reporters_words_stay_theirs(play: Play) -> None:
    _unplaced(play)
    _put(play, play.cast.street.building)
    assert CaseWords.objects.get(case=play.case).place_words == "桐花苑 1栋"
    assert ReportWords.objects.get(report=play.report_row).place_words == "3栋旁边那个垃圾站"


def test_the_step_holds_ids_of_both_places_and_no_words(play: Play) -> None:
    street = play.cast.street
    _unplaced(play)
    step = _put(play, street.building, words="电话里问清楚了")
    area = {"community": street.community.pk, "street": street.street.pk}
    assert step.detail["now"] == {
        "place": street.building.pk, "compound": street.compound.pk, "grid": street.grid.pk, **area,
    }  # fmt: skip
    was = step.detail["was"]
    assert (was["place"], was["compound"], was["grid"]) == (None, None, None)
    assert step.words.text == "电话里问清楚了" and not step.words.for_reporter
    entry = Entry.objects.get(verb="cases.relocate")
    assert (entry.subject_id, entry.detail) == (play.case.pk, {"step": step.pk})


def test_the_grid_of_the_new_place_sees_it_and_that_of_the_old_no_more(play: Play) -> None:
    cast = play.cast
    play.report()
    _put(play, cast.street.next_compound)
    number = play.case.number
    assert queries.get(cast.zhao.viewer, number).pk == play.case.pk
    with pytest.raises(Unseen):
        queries.get(cast.zhang.viewer, number)


@pytest.mark.parametrize("state", ["reported", "accepted", "dispatched", "handling", "checking"])
def test_whoever_holds_it_may_and_nobody_else(play: Play, state: str) -> None:
    cast = play.cast
    play.until(state)
    with_unit = state in ("dispatched", "handling")
    holder, other = cast.acceptor, cast.handler
    if with_unit:
        holder, other = other, holder
    if with_unit or state == "checking":
        with pytest.raises(NotPermitted, match="持有单位的工作人员"):
            _put(play, cast.street.next_compound, other.viewer)
    for person in (cast.zhang, cast.wang):
        with pytest.raises(NotPermitted):
            _put(play, cast.street.next_compound, person.viewer)
    before = play.case
    _put(play, cast.street.next_compound, holder.viewer)
    assert (play.case.state, play.case.holder_id) == (state, before.holder_id)
    assert invariants.faults() == []


def test_while_its_grid_is_asked_the_place_stays(play: Play) -> None:
    play.report()
    play.do(ask, play.cast.acceptor.viewer)
    with pytest.raises(Conflict):
        _put(play, play.cast.street.next_compound)


def test_what_has_ended_is_not_moved(play: Play) -> None:
    play.until("closed")
    with pytest.raises(NotPermitted):
        _put(play, play.cast.street.next_compound)


def test_an_old_version_and_a_used_key_change_nothing(play: Play) -> None:
    street = play.cast.street
    play.report()
    with pytest.raises(Conflict):
        _put(play, street.next_compound, version=play.case.version - 1)
    step = _put(play, street.next_compound, key="moved-once-only")
    assert _put(play, street.next_compound, key="moved-once-only").pk == step.pk
    with pytest.raises(KeyReused):
        _put(play, street.building, key="moved-once-only")
    assert play.case.place_id == street.next_compound.pk
    assert play.case.version == step.serial


@pytest.mark.parametrize("place_id", [None, 1])
def test_no_place_and_one_that_is_gone_are_refused(play: Play, place_id: int | None) -> None:
    play.report()
    with pytest.raises(Invalid):
        _put(play, None, where=Where(place_id=place_id))
    street = play.cast.street
    Place.objects.filter(pk=street.next_compound.pk).update(retired_at=clock.now())
    with pytest.raises(Invalid):
        _put(play, street.next_compound)


def test_a_place_of_another_district_is_refused(play: Play) -> None:
    play.report()
    place = play.cast.street.next_compound
    Place.objects.filter(pk=place.pk).update(district_id=place.district_id + 1)
    with pytest.raises(Invalid):
        _put(play, place)


def test_a_point_on_no_street_is_refused(play: Play) -> None:
    play.report()
    longitude, latitude = play.cast.street.outside_point
    with pytest.raises(Invalid, match="不在任何街道"):
        _put(play, None, where=Where(longitude=longitude, latitude=latitude))


def test_where_it_is_already_nothing_is_written(play: Play) -> None:
    street = play.cast.street
    play.report(where=Where(place_id=street.building.pk))
    with pytest.raises(Invalid, match="已经在"):
        _put(play, street.building)
    assert play.case.version == 1


def test_another_street_is_another_centres_matter(play: Play, elsewhere: Place) -> None:
    cast = play.cast
    due = play.report().case.due_at
    _put(play, elsewhere)
    case = play.case
    assert (case.street_id, case.holder) == (cast.street.other_street.pk, cast.street.other_centre)
    assert case.due_at == due
    assert queries.get(cast.he.viewer, case.number)
    with pytest.raises(Unseen):
        queries.get(cast.checker.viewer, case.number)
    assert invariants.faults() == []


def test_a_unit_keeps_what_it_was_sent_wherever_it_lies(play: Play, elsewhere: Place) -> None:
    play.until("handling")
    _put(play, elsewhere, play.cast.handler.viewer)
    assert play.case.holder_id == play.cast.street.sanitation.pk
    assert invariants.faults() == []


def test_a_centre_that_does_the_work_itself_keeps_it_too(play: Play, elsewhere: Place) -> None:
    centre = play.cast.street.centre
    play.until("accepted").dispatch(lead_unit_id=centre.pk)
    _put(play, elsewhere)
    assert play.case.holder_id == centre.pk
    assert invariants.faults() == []


def test_accepting_can_put_the_place_right_in_the_same_step(play: Play) -> None:
    street = play.cast.street
    _unplaced(play).accept(where=Where(place_id=street.building.pk))
    step = Step.objects.get(case=play.case, deed="accept")
    assert (play.case.state, play.case.place_id) == ("accepted", street.building.pk)
    assert step.detail["class"] == a_class()
    assert step.detail["now"]["grid"] == street.grid.pk
    assert Step.objects.filter(case=play.case).count() == 2


def test_accepting_where_it_lies_already_is_plain_accepting(play: Play) -> None:
    street = play.cast.street
    play.report(where=Where(place_id=street.building.pk))
    play.accept(where=Where(place_id=street.building.pk))
    assert Step.objects.get(case=play.case, deed="accept").detail == {"class": a_class()}


def test_accepted_on_another_street_it_waits_there_to_be_sent(play: Play, elsewhere: Place) -> None:
    play.report().accept(where=Where(place_id=elsewhere.pk))
    assert play.case.holder_id == play.cast.street.other_centre.pk
    assert invariants.faults() == []


def test_the_same_key_with_another_place_is_refused(play: Play) -> None:
    street = play.cast.street
    acceptor = play.cast.acceptor.viewer
    given: dict[str, Any] = {"class_code": a_class(), "key": "accepted-with-a-place"}
    play.report()
    play.do(accept, acceptor, where=Where(place_id=street.next_compound.pk), **given)
    with pytest.raises(KeyReused):
        play.do(accept, acceptor, where=Where(place_id=street.building.pk), **given)
    with pytest.raises(KeyReused):
        play.do(accept, acceptor, **given)
