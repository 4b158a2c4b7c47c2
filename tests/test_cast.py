"""The cast stands as every other test relies on it."""

import pytest

from gezhi.kernel.viewer import Level, Role
from gezhi.records.places import queries as places


def test_everybody_has_the_seat_their_name_promises(cast):
    assert cast.zhang.viewer.seats[0].role is Role.GRID_WORKER
    assert cast.zhang.viewer.seats[0].level is Level.GRID
    assert cast.li.viewer.unit_ids == {cast.street.office.pk}
    assert len(dict(cast.staff())) == 15


def test_old_zhao_works_in_the_next_grid(cast):
    assert cast.zhao.viewer.seats[0].area_id == cast.street.next_grid.pk


def test_the_points_lie_where_they_say(cast):
    here = places.locate(cast.street.district.pk, *cast.street.point)
    assert here.grid_id == cast.street.grid.pk
    assert places.locate(cast.street.district.pk, *cast.street.next_point).grid_id == (
        cast.street.next_grid.pk
    )
    assert places.locate(cast.street.district.pk, *cast.street.outside_point).street_id is None


def test_what_a_test_changes_is_rolled_back_first(cast):
    cast.street.office.name = "改过的名字"
    cast.street.office.save()


def test_what_a_test_changes_is_rolled_back_second(cast):
    assert cast.street.office.name == "桐花社区居委会"


def test_the_cast_is_made_in_half_a_second(_stage):
    assert 0 < _stage.seconds < 0.5


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_gets_the_cast_again_first(cast):
    assert cast.zhang.user.name == cast.zhang.name


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_gets_the_cast_again_second(cast):
    assert cast.zhang.user.name == cast.zhang.name
