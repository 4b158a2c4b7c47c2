"""Routing rules: drafted, put in force, replaced, ended, handed over; and who leads a case by them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted, Unseen
from gezhi.records.duties import actions, queries
from gezhi.records.duties.models import Route
from gezhi.records.duties.queries import Router
from gezhi.records.duties.tests.conftest import a_class
from gezhi.records.units import actions as units

TODAY = date(2026, 11, 23)
NIGHT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


@pytest.fixture
def led(cast, here):
    """Who leads, asked of the database and of many rules at once: always the same."""

    def asked(at=None, code=None, urgency="ordinary", held_by=None, held=""):
        district = cast.street.district.pk
        moment = at or clock.now()
        one = queries.route_for(district, code or a_class(), here, moment, urgency, held_by=held_by)
        routed = Router(district, here.street_id).of(code or a_class(), here, moment, urgency, held)
        assert (one and (one.route_id or (one.duty and one.duty.pk), one.lead_unit_id)) == (
            routed and (routed.id, routed.lead_unit_id)
        )
        return one

    return asked


def test_a_draft_sends_nothing(draft, led):
    draft()
    assert led() is None


def test_a_rule_in_force_says_who_leads_who_assists_and_why(cast, enact, led):
    row = enact(
        class_code=a_class(),
        hours="working",
        assists=[(cast.street.water, False), (cast.street.office, True)],
        legal_basis="市容条例第十二条",
    )
    found = led()
    assert found.is_rule
    assert found.route_id == row.pk
    assert [(one.unit_id, one.waits) for one in found.assists] == [
        (cast.street.water.pk, False),
        (cast.street.office.pk, True),
    ]
    assert "工作日 9:00–17:00" in found.words
    assert "主办要等" in found.words
    assert "市容条例第十二条" in found.words
    assert found.because.startswith("因为类别在")


def test_at_night_the_rule_for_working_hours_lets_the_next_one_come(cast, enact, led):
    enact(hours="working")
    enact("夜里归自来水", order=20, lead_unit=cast.street.water, hours="off")
    assert led().lead_unit_id == cast.street.sanitation.pk
    assert led(NIGHT).lead_unit_id == cast.street.water.pk


def test_without_a_rule_that_fits_the_duty_list_leads(cast, admin, enact, led):
    enact(hours="off")
    actions.add_duty(
        class_code=a_class(),
        name="清扫",
        area_id=cast.street.street.pk,
        list_kind="basic",
        lead_unit=cast.street.water,
        assist_units=[cast.street.sanitation],
        by=admin,
    )
    found = led()
    assert not found.is_rule
    assert found.because == "因为权责清单“清扫”由它牵头"
    assert [one.unit_id for one in found.assists] == [cast.street.sanitation.pk]


def test_a_rule_may_hold_only_where_the_community_sends(cast, enact, led):
    enact(held="community")
    assert led() is None
    assert led(held_by=cast.street.centre.pk, held="street") is None
    assert led(held_by=cast.street.office.pk, held="community").is_rule


def test_a_case_without_a_class_is_led_by_nobody(cast, enact, here):
    enact()
    assert queries.route_for(cast.street.district.pk, "", here, clock.now()) is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"order": 0}, "order"),
        ({"class_code": "no-such"}, "class_code"),
        ({"area_id": 1}, "area"),
        ({"held": "moon"}, "held"),
        ({"hours": "moon"}, "hours"),
        ({"opens": 600, "closes": 600}, "closes"),
        ({"weekdays": "8"}, "weekdays"),
        ({"season_from": "0501"}, "season_from"),
        ({"urgency": "no-such"}, "urgency"),
        ({"duty_id": 1}, "duty"),
        ({"valid_to": date(2026, 11, 23)}, "valid_to"),
    ],
)
def test_what_is_not_filled_in_right_is_refused_at_its_field(wanted, admin, changes, field):
    with pytest.raises(Invalid) as refused:
        actions.draft_route(wanted=replace(wanted(), **changes), by=admin)
    assert refused.value.field == field
    assert not Route.objects.exists()


def test_the_lead_cannot_assist_as_well(cast, draft):
    with pytest.raises(Invalid, match="不能同时"):
        draft(assists=[(cast.street.sanitation, False)])


def test_a_closed_unit_can_neither_be_drafted_nor_enacted(cast, admin, draft):
    row = draft()
    units.mark_closed(cast.street.sanitation, cast.street.water, by=admin)
    with pytest.raises(Conflict, match=r"“占道经营归环卫所”不能生效：“.*”已经撤并"):
        actions.enact_routes(route_ids=[row.pk], by=admin)
    cast.street.sanitation.refresh_from_db()
    with pytest.raises(Conflict, match="已经撤并，请另选一个"):
        draft("另一条")


def test_two_that_contradict_are_both_named(cast, admin, enact, draft):
    enact()
    row = draft("占道经营归自来水", lead_unit=cast.street.water, class_code=a_class())
    with pytest.raises(
        Conflict, match="“占道经营归自来水”和“占道经营归环卫所”的先后一样"
    ) as refused:
        actions.enact_routes(route_ids=[row.pk], by=admin)
    assert refused.value.code == "routes_contradict"
    assert Route.objects.get(pk=row.pk).state == "draft"


def test_two_drafts_that_contradict_come_in_force_neither(cast, admin, draft):
    rows = [draft(), draft("归自来水", lead_unit=cast.street.water)]
    with pytest.raises(Conflict, match="先后一样"):
        actions.enact_routes(route_ids=[row.pk for row in rows], by=admin)
    assert not Route.objects.exclude(state="draft").exists()


def test_a_rule_below_one_that_always_fires_is_told(admin, draft, enact):
    enact()
    row = draft("永远轮不到", order=20, class_code=a_class())
    assert queries.never_firing(admin, [row]) == {row.pk: "占道经营归环卫所"}
    assert queries.never_firing(admin) == {}


def test_a_rule_is_changed_by_a_draft_that_takes_its_place(cast, admin, enact, draft, led):
    old = enact()
    new = draft(replaces=old, lead_unit=cast.street.water)
    assert led().route_id == old.pk
    actions.enact_routes(route_ids=[new.pk], by=admin)
    assert led().route_id == new.pk
    old.refresh_from_db()
    assert (old.state, old.valid_to) == ("ended", TODAY)


def test_what_is_to_begin_later_leaves_the_old_one_until_then(cast, admin, enact, draft, led):
    old = enact()
    new = draft(replaces=old, lead_unit=cast.street.water, valid_from=TODAY + timedelta(days=3))
    actions.enact_routes(route_ids=[new.pk], by=admin)
    assert led(clock.now() + timedelta(days=2)).route_id == old.pk
    assert led(clock.now() + timedelta(days=3)).route_id == new.pk


def test_a_rule_in_force_is_neither_changed_nor_dropped(admin, enact, wanted):
    row = enact()
    with pytest.raises(Conflict, match="另拟一条"):
        actions.change_draft(route=row, wanted=wanted("别的"), by=admin)
    with pytest.raises(Conflict):
        actions.drop_draft(route=row, by=admin)
    with pytest.raises(Conflict):
        actions.enact_routes(route_ids=[row.pk], by=admin)


def test_a_draft_is_changed_and_dropped(admin, draft, wanted):
    row = draft()
    actions.change_draft(route=row, wanted=wanted("改过的名字", order=5), by=admin)
    assert Route.objects.get().name == "改过的名字"
    actions.drop_draft(route=row, by=admin)
    assert not Route.objects.exists()


def test_an_ended_rule_fits_nothing_and_ends_once(admin, enact, led):
    row = enact()
    actions.end_route(route=row, by=admin)
    assert led() is None
    with pytest.raises(Conflict, match="没有在生效"):
        actions.end_route(route=row, by=admin)


def test_two_living_rules_never_have_one_name(admin, enact, draft):
    row = enact()
    with pytest.raises(Conflict, match="请换个名字"):
        draft(order=20)
    actions.end_route(route=row, by=admin)
    assert draft(order=20).pk


def test_whoever_does_not_set_up_writes_no_rule(cast, wanted, enact):
    by = cast.dispatcher.viewer
    with pytest.raises(NotPermitted):
        actions.draft_route(wanted=wanted(), by=by)
    row = enact()
    for deed in (lambda: actions.end_route(route=row, by=by),
                 lambda: actions.enact_routes(route_ids=[row.pk], by=by)):  # fmt: skip
        with pytest.raises(NotPermitted):
            deed()
    assert list(queries.found_routes(by)) == [row]
    with pytest.raises(Unseen):
        queries.route(by, row.pk)


def test_the_successor_of_a_closed_unit_stands_in_its_rules(cast, admin, enact, draft, led):
    lead = enact(assists=[(cast.street.water, True)])
    helped = enact("自来水牵头", order=20, lead_unit=cast.street.office,
                   assists=[(cast.street.sanitation, True)])  # fmt: skip
    waiting = draft("草稿", order=30)
    given = actions.hand_over_routes(cast.street.sanitation, cast.street.water, by=admin)
    assert given == 3
    found = led()
    assert found.lead_unit_id == cast.street.water.pk
    assert found.assists == ()
    assert found.route_id != lead.pk
    heir = Route.objects.get(name=helped.name, state="in_force")
    assert [(one.unit_id, one.waits) for one in heir.assists.all()] == [
        (cast.street.water.pk, True)
    ]
    waiting.refresh_from_db()
    assert (waiting.state, waiting.lead_unit_id) == ("draft", cast.street.water.pk)
    assert Route.objects.filter(state="ended").count() == 2
