"""A unit closes whole: its cases, duties and people go to the successor, or nothing does."""

import pytest

from gezhi.ground.audit.models import Entry
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.kernel.viewer import Role
from gezhi.records.duties import actions as duties
from gezhi.records.duties import queries as duties_queries
from gezhi.records.posts import queries as posts
from gezhi.records.units import actions as units
from gezhi.records.units import holdings
from gezhi.records.units.holdings import Holding
from gezhi.records.units.models import Unit
from gezhi.work.cases.actions import PrecedentAsked
from gezhi.work.cases.models import Assignment, Case, Precedent
from gezhi.work.cases.tests.playing import Play
from gezhi.work.handover import actions
from gezhi.work.handover.queries import Estate, estate_of, successors_of
from tests.cast import SYSTEM


@pytest.fixture
def admin(cast):
    return cast.system_administrator.viewer


@pytest.fixture
def play(cast):
    return Play(cast)


def close(cast, by, unit=None, successor=None, **more):
    return actions.close_unit(
        unit=unit or cast.street.sanitation, successor=successor or cast.street.water, by=by, **more
    )


def test_the_unit_is_closed_and_names_its_successor(cast, admin):
    close(cast, admin)
    unit = Unit.objects.get(pk=cast.street.sanitation.pk)
    assert not unit.is_open
    assert unit.successor == cast.street.water


def test_its_cases_go_on_with_the_successor_and_keep_their_due_times(cast, admin, play):
    play.report().accept().dispatch().take()
    before = play.case
    closing = close(cast, admin)
    after = play.case
    assert closing.held["cases"] == 1
    assert after.holder == cast.street.water
    assert (after.state, after.due_at) == (before.state, before.due_at)
    assignment = Assignment.objects.get(case=after, ended_at=None)
    assert assignment.unit == cast.street.water


def test_a_case_it_only_assists_goes_too(cast, admin, play):
    play.report().accept().dispatch(assist_unit_ids=[cast.street.water.pk])
    close(cast, admin, cast.street.water, cast.street.property_firm)
    open_ones = Assignment.objects.filter(case=play.case, ended_at=None)
    assert {row.unit for row in open_ones} == {cast.street.sanitation, cast.street.property_firm}


def test_rework_goes_to_the_successor(cast, admin, play):
    play.report().accept().dispatch().take().finish()
    close(cast, admin)
    play.check(passed=False)
    assert play.case.holder == cast.street.water


def test_ended_cases_stay_as_they_are(cast, admin, play):
    play.report().accept().dispatch().take().finish().check().close()
    before = list(Case.objects.values())
    assert close(cast, admin).held["cases"] == 0
    assert list(Case.objects.values()) == before


def test_people_go_along_and_keep_their_work(cast, admin):
    closing = close(cast, admin)
    assert closing.people == 1
    seats = cast.handler.viewer_now.seats
    assert [(seat.unit_id, seat.role) for seat in seats] == [(cast.street.water.pk, Role.HANDLER)]


def test_people_may_be_left_out(cast, admin):
    assert close(cast, admin, with_people=False).people == 0
    assert cast.handler.viewer_now.seats == ()


def test_administrators_always_go_along(cast, admin):
    close(cast, admin, cast.street.centre, cast.street.other_centre, with_people=False)
    assert cast.system_administrator.viewer_now.unit_ids == {cast.street.other_centre.pk}
    assert cast.acceptor.viewer_now.seats == ()


def test_duties_go_along(cast, admin):
    duties.add_duty(
        class_code="T01", name="清扫", area_id=cast.street.street.pk, list_kind="basic",
        lead_unit=cast.street.sanitation, by=SYSTEM,
    )  # fmt: skip
    assert estate_of(admin, cast.street.sanitation) == Estate(
        {"cases": 0, "duties": 1, "routes": 0, "precedents": 0}, people=1
    )
    assert close(cast, admin).held["duties"] == 1
    assert len(duties_queries.duties_of_unit(cast.street.water.pk)) == 1


def test_what_was_ruled_to_it_is_its_successors(cast, admin):
    kept = PrecedentAsked(cast.street.street.pk, "门口道路上的垃圾")
    Play(cast).disputed().rule(precedent=kept)
    assert close(cast, admin).held["precedents"] == 1
    old, new = Precedent.objects.order_by("id")
    assert (new.unit, new.wording) == (cast.street.water, "门口道路上的垃圾")
    assert old.valid_to == new.valid_from


def test_units_below_are_lifted_to_the_successor(cast, admin):
    child = units.open_unit(
        name="绿化所", kind="department", area_id=cast.street.street.pk,
        parent=cast.street.sanitation, by=SYSTEM,
    )  # fmt: skip
    close(cast, admin)
    child.refresh_from_db()
    assert child.parent == cast.street.water


def test_a_unit_from_below_takes_the_place_of_the_one_above(cast, admin):
    child = units.open_unit(
        name="绿化所", kind="department", area_id=cast.street.street.pk,
        parent=cast.street.sanitation, by=SYSTEM,
    )  # fmt: skip
    close(cast, admin, successor=child)
    child.refresh_from_db()
    assert child.parent == cast.street.centre


def test_it_is_recorded_in_the_administrators_name(cast, admin):
    close(cast, admin)
    entry = Entry.objects.get(verb="handover.close_unit")
    assert entry.user_id == cast.system_administrator.user_id
    assert entry.detail["successor"] == cast.street.water.pk


def test_the_unit_itself_is_no_successor(cast, admin):
    with pytest.raises(Invalid):
        close(cast, admin, successor=cast.street.sanitation)


def test_a_closed_unit_neither_closes_again_nor_takes_over(cast, admin):
    close(cast, admin)
    with pytest.raises(Conflict):
        close(cast, admin)
    with pytest.raises(Conflict):
        close(cast, admin, cast.street.property_firm, cast.street.sanitation)


def test_the_last_centre_never_closes(cast, admin):
    close(cast, admin, cast.street.centre, cast.street.other_centre)
    with pytest.raises(Conflict) as refusal:
        close(cast, admin, cast.street.other_centre, cast.street.office)
    assert "最后一个" in str(refusal.value)


def test_a_centre_goes_into_a_centre_only(cast, admin):
    with pytest.raises(Invalid):
        close(cast, admin, cast.street.centre, cast.street.office)
    assert successors_of(admin, cast.street.centre) == [cast.street.other_centre]


def test_successors_are_open_and_others(cast, admin):
    close(cast, admin, cast.street.property_firm, cast.street.office)
    names = {unit.name for unit in successors_of(admin, cast.street.sanitation)}
    assert cast.street.property_firm.name not in names
    assert cast.street.sanitation.name not in names
    assert len(names) == 5


@pytest.mark.parametrize("role", ["wang", "supervisor", "security_administrator", "handler"])
def test_only_the_system_administrator_closes_units(cast, role):
    with pytest.raises(NotPermitted):
        close(cast, getattr(cast, role).viewer)
    assert Unit.objects.get(pk=cast.street.sanitation.pk).is_open


def test_when_one_part_fails_nothing_has_changed(cast, admin, play, monkeypatch):
    play.report().accept().dispatch()
    monkeypatch.setattr(units, "mark_closed", _fail)
    with pytest.raises(RuntimeError):
        close(cast, admin)
    assert play.case.holder == cast.street.sanitation
    assert posts.users_in(cast.street.sanitation.pk) == [cast.handler.user]


def _fail(*words, **more):
    raise RuntimeError("the last part fails")


def test_a_strangers_key_keeps_no_unit_open(cast, admin, play):
    play.until("dispatched")
    Play(cast).report(key=f"close-unit:{cast.street.sanitation.pk}:{play.case.number}")
    close(cast, admin)
    assert play.case.holder == cast.street.water


def test_a_case_that_cannot_go_along_is_named_and_nothing_is_changed(
    cast, admin, play, monkeypatch
):
    play.until("dispatched")

    def refuse(**given):
        raise Conflict("事件现在的状态不允许这样做")

    monkeypatch.setattr("gezhi.work.cases.holding.hand_over", refuse)
    with pytest.raises(Conflict, match=play.case.number):
        close(cast, admin)
    assert Unit.objects.get(pk=cast.street.sanitation.pk).is_open


def test_what_rooms_hold_is_asked_and_given_over_without_knowing_them(cast, admin, monkeypatch):
    given = []

    def give(unit, successor, by):
        given.append((unit.pk, successor.pk, by.system_name))
        return 3

    boats = Holding("boats", "%(count)s 条船", 30, count=lambda unit: 3, give=give)
    monkeypatch.setattr(holdings, "_holdings", {**holdings._holdings, "boats": boats})
    unit, successor = cast.street.sanitation, cast.street.water
    assert "3 条船" in estate_of(admin, unit).words
    closing = close(cast, admin)
    assert closing.held["boats"] == 3
    assert "3 条船" in closing.words
    assert given == [(unit.pk, successor.pk, "handover")]
