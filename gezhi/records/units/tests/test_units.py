"""Opening and changing units; who is the last holder."""

from datetime import timedelta

import pytest

from gezhi.ground.audit.models import Entry
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted, Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.records.units import actions, queries
from gezhi.records.units.models import Unit
from tests.cast import SYSTEM


@pytest.fixture
def admin(cast):
    return cast.system_administrator.viewer


def open_unit(cast, by, **changes):
    fields = {"name": "桐花街道绿化所", "kind": "department", "area_id": cast.street.street.pk}
    return actions.open_unit(**{**fields, "by": by, **changes})


def test_a_unit_stands_below_the_centre_of_its_street(cast, admin):
    unit = open_unit(cast, admin, area_id=cast.street.other_street.pk)
    assert unit.parent == cast.street.other_centre
    assert unit.pinyin == "tong hua jie dao lv hua suo"
    assert Entry.objects.filter(verb="units.open", subject_id=unit.pk).count() == 1


def test_a_unit_of_a_community_stands_below_the_centre_of_its_street(cast, admin):
    unit = open_unit(cast, admin, area_id=cast.street.community.pk)
    assert unit.parent == cast.street.centre


def test_the_usual_office_hours_are_taken_unless_said(cast, admin):
    assert queries.hours_of(open_unit(cast, admin)).words()[0] == ["09:00", "12:00"]
    other = open_unit(cast, admin, name="夜班所", hours=[["18:00", "24:00"]])
    assert queries.hours_of(other).words() == [["18:00", "24:00"]]


@pytest.mark.parametrize(
    "hours",
    [[], [["12:00", "09:00"]], [["09:00", "12:00"], ["11:00", "13:00"]], [["9"]], [["a:b", "c:d"]]],
)
def test_hours_that_are_none_are_refused(cast, admin, hours):
    with pytest.raises(Invalid) as refusal:
        open_unit(cast, admin, hours=hours)
    assert refusal.value.field == "hours"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "ministry"}, "kind"),
        ({"name": " "}, "name"),
        ({"area_id": 1}, "area"),
    ],
)
def test_what_is_wrong_is_refused_by_its_field(cast, admin, changes, field):
    with pytest.raises(Invalid) as refusal:
        open_unit(cast, admin, **changes)
    assert refusal.value.field == field


def test_a_centre_belongs_to_a_street_and_an_office_to_a_community(cast, admin):
    for kind, area in (
        ("street_centre", cast.street.grid),
        ("community_office", cast.street.street),
    ):
        with pytest.raises(Invalid):
            open_unit(cast, admin, kind=kind, area_id=area.pk)


def test_one_office_for_each_community(cast, admin):
    with pytest.raises(Conflict):
        open_unit(cast, admin, kind="community_office", area_id=cast.street.community.pk)


def test_two_open_units_never_have_one_name(cast, admin):
    with pytest.raises(Conflict) as refusal:
        open_unit(cast, admin, name=cast.street.sanitation.name)
    assert refusal.value.code == "name_taken"
    with pytest.raises(Conflict):
        actions.update_unit(unit=cast.street.water, by=admin, name=cast.street.sanitation.name)


@pytest.mark.parametrize("role", ["wang", "acceptor", "security_administrator", "li"])
def test_only_the_system_administrator_opens_units(cast, role):
    with pytest.raises(NotPermitted):
        open_unit(cast, getattr(cast, role).viewer)


def test_only_what_is_given_changes(cast, admin):
    unit = actions.update_unit(unit=cast.street.water, by=admin, public_phone=" 028  1234 ")
    assert unit.public_phone == "028 1234"
    assert unit.name == cast.street.water.name


def test_no_unit_is_its_own_parent_at_any_depth(cast, admin):
    child = open_unit(cast, admin, parent=cast.street.sanitation)
    for parent in (cast.street.sanitation, child):
        with pytest.raises(Invalid):
            actions.update_unit(unit=cast.street.sanitation, by=admin, parent=parent)


def test_a_closed_unit_is_nobodys_parent_and_never_changes(cast, admin):
    unit = open_unit(cast, admin)
    actions.mark_closed(unit, cast.street.centre, by=SYSTEM)
    with pytest.raises(Invalid):
        open_unit(cast, admin, name="另一个", parent=unit)
    with pytest.raises(Conflict):
        actions.update_unit(unit=unit, by=admin, name="改名")


def test_the_centre_of_a_street_is_its_own_else_the_oldest(cast):
    district = cast.street.district.pk
    assert queries.centre_of(district, cast.street.other_street.pk) == cast.street.other_centre
    assert queries.centre_of(district, None) == cast.street.centre
    assert queries.centre_of(district, 12345) == cast.street.centre


def test_without_any_centre_the_refusal_says_what_to_do(db):
    with pytest.raises(Conflict) as refusal:
        queries.centre_of(77, None)
    assert refusal.value.code == "no_centre"


def test_the_office_of_a_community(cast):
    assert queries.office_of(cast.street.community.pk) == cast.street.office
    assert queries.office_of(cast.street.grid.pk) is None


def test_units_of_another_district_do_not_exist(cast):
    stranger = Viewer.anonymous(777)
    with pytest.raises(Unseen):
        queries.get(stranger, cast.street.office.pk)
    assert not queries.open_units(stranger, cast.street.district.pk).exists()
    assert not queries.all_units(stranger).exists()


def test_a_name_may_be_used_again_after_its_unit_closed(cast, admin):
    unit = open_unit(cast, admin)
    actions.mark_closed(unit, cast.street.centre, by=SYSTEM)
    clock.advance(timedelta(minutes=1))
    assert open_unit(cast, admin).pk != unit.pk
    assert Unit.objects.filter(name=unit.name).count() == 2
