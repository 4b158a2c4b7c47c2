"""Who leads a class here: the most specific class, then the narrowest area."""

from datetime import date, timedelta

import pytest

from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted, Unseen
from gezhi.records.duties import actions, queries
from gezhi.records.duties.models import Duty
from gezhi.records.duties.rules import families
from gezhi.records.places.queries import Location
from gezhi.records.units import actions as units
from tests.cast import SYSTEM

TODAY = date(2026, 11, 23)


@pytest.fixture
def admin(cast):
    return cast.system_administrator.viewer


@pytest.fixture
def here(cast):
    street = cast.street
    return Location(street.district.pk, street.street.pk, street.community.pk, street.grid.pk, None)


@pytest.fixture
def add(cast, admin):
    def made(class_code="T0101", area=None, unit=None, **changes):
        fields = {
            "class_code": class_code,
            "name": "清扫保洁",
            "area_id": (area or cast.street.street).pk,
            "list_kind": "basic",
            "lead_unit": unit or cast.street.sanitation,
            "by": admin,
        }
        return actions.add_duty(**{**fields, **changes})

    return made


def led(district_id, class_code, location):
    """Who leads, asked of the database and chosen among the list of the street: always the same."""
    duty = queries.duty_for(district_id, class_code, location)
    leads = queries.leads_in(district_id, location.street_id)
    lead = queries.lead_among(leads, class_code, location)
    assert (lead and (lead.pk, lead.name, lead.lead_unit_id)) == (
        duty and (duty.pk, duty.name, duty.lead_unit_id)
    )
    return duty


def test_families_go_from_the_class_upward():
    assert families("T0101", ["T01"]) == ["T0101", "T01", "T010", "T0", "T"]
    assert families("a-b") == ["a-b", "a"]


def test_the_class_itself_goes_before_its_family(cast, add, here):
    family = add("T01", unit=cast.street.water)
    own = add("T0101")
    assert led(cast.street.district.pk, "T0101", here) == own
    assert led(cast.street.district.pk, "T0102", here) == family


def test_the_narrowest_area_wins(cast, add, here):
    add(area=cast.street.district_area, unit=cast.street.water)
    add(area=cast.street.street)
    narrow = add(area=cast.street.community, unit=cast.street.office)
    assert led(cast.street.district.pk, "T0101", here) == narrow


def test_a_narrow_family_does_not_beat_the_class_itself(cast, add, here):
    own = add("T0101", area=cast.street.district_area)
    add("T01", area=cast.street.grid, unit=cast.street.office)
    assert led(cast.street.district.pk, "T0101", here) == own


def test_a_duty_of_another_place_does_not_count(cast, add, here):
    add(area=cast.street.other_street)
    add(area=cast.street.next_grid)
    assert led(cast.street.district.pk, "T0101", here) is None


def test_outside_every_area_the_districts_duty_counts(cast, add):
    wide = add(area=cast.street.district_area)
    nowhere = Location(cast.street.district.pk, None, None, None, None)
    assert led(cast.street.district.pk, "T0101", nowhere) == wide
    assert led(cast.street.district.pk, "", nowhere) is None


def test_a_duty_counts_from_its_first_day_to_before_its_last(cast, add, here):
    duty = add(valid_from=TODAY + timedelta(days=1))
    district = cast.street.district.pk
    assert led(district, "T0101", here) is None
    clock.advance(timedelta(days=1))
    assert led(district, "T0101", here) == duty
    actions.end_duty(duty=duty, by=SYSTEM, valid_to=TODAY + timedelta(days=2))
    assert led(district, "T0101", here) == duty
    clock.advance(timedelta(days=1))
    assert led(district, "T0101", here) is None


def test_a_closed_unit_leads_nothing(cast, add, here):
    add(unit=cast.street.property_firm)
    units.mark_closed(cast.street.property_firm, cast.street.centre, by=SYSTEM)
    assert led(cast.street.district.pk, "T0101", here) is None


def test_one_row_for_a_class_an_area_and_a_list(add):
    duty = add()
    with pytest.raises(Conflict) as refusal:
        add()
    assert refusal.value.code == "duty_exists"
    add(list_kind="joint")
    actions.end_duty(duty=duty, by=SYSTEM)
    add()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"list_kind": "mine"}, "list_kind"),
        ({"class_code": " "}, "class_code"),
        ({"name": ""}, "name"),
        ({"area_id": 1}, "area"),
    ],
)
def test_what_is_wrong_is_refused_by_its_field(add, changes, field):
    with pytest.raises(Invalid) as refusal:
        add(**changes)
    assert refusal.value.field == field


def test_a_lead_does_not_assist_itself(cast, add):
    with pytest.raises(Invalid):
        add(assist_units=[cast.street.sanitation])
    duty = add(assist_units=[cast.street.water])
    assert list(duty.assist_units.all()) == [cast.street.water]


@pytest.mark.parametrize("role", ["acceptor", "wang", "audit_administrator"])
def test_only_the_system_administrator_writes_the_list(cast, add, role):
    with pytest.raises(NotPermitted):
        add(by=getattr(cast, role).viewer)


def test_staff_read_the_list_and_only_the_administrator_opens_a_row(cast, add, admin):
    duty = add()
    assert list(queries.duties(cast.acceptor.viewer)) == [duty]
    assert queries.get(admin, duty.pk) == duty
    with pytest.raises(Unseen):
        queries.get(cast.acceptor.viewer, duty.pk)


def test_a_duty_ends_once(add, admin):
    duty = actions.end_duty(duty=add(), by=admin)
    with pytest.raises(Conflict):
        actions.end_duty(duty=duty, by=admin)


def test_a_closing_unit_hands_its_duties_over(cast, add):
    led = add(assist_units=[cast.street.water])
    helped = add("T02", unit=cast.street.water, assist_units=[cast.street.sanitation])
    assert actions.hand_over(cast.street.sanitation, cast.street.centre, by=SYSTEM) == 1
    heir = Duty.objects.get(class_code="T0101", lead_unit=cast.street.centre)
    assert heir.valid_from == TODAY
    assert list(heir.assist_units.all()) == [cast.street.water]
    led.refresh_from_db()
    assert led.valid_to == TODAY
    assert list(helped.assist_units.all()) == [cast.street.centre]


def test_a_successor_that_assisted_leads_alone(cast, add):
    add(assist_units=[cast.street.water])
    actions.hand_over(cast.street.sanitation, cast.street.water, by=SYSTEM)
    heir = queries.duties_of_unit(cast.street.water.pk)[0]
    assert not heir.assist_units.exists()


def test_no_second_row_begins_before_one_that_is_fixed_for_later(add, admin):
    later = clock.today() + timedelta(days=20)
    row = add(valid_from=later)
    with pytest.raises(Conflict, match=later.isoformat()):
        add()
    actions.end_duty(duty=row, by=admin, valid_to=later)
    assert add().valid_to is None
