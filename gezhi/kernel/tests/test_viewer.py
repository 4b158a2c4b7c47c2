"""Who is looking."""

from dataclasses import FrozenInstanceError

import pytest

from gezhi.kernel.viewer import ADMINISTRATORS, Level, Role, Seat, Viewer

CLERK = Seat(post_id=1, unit_id=10, role=Role.COMMUNITY_CLERK, area_id=5, level=Level.COMMUNITY)
HANDLER = Seat(post_id=2, unit_id=20, role=Role.HANDLER, area_id=6, level=Level.STREET)


def test_a_viewer_has_the_roles_and_units_of_all_seats():
    viewer = Viewer(user_id=7, seats=(CLERK, HANDLER))
    assert viewer.roles == {Role.COMMUNITY_CLERK, Role.HANDLER}
    assert viewer.unit_ids == {10, 20}
    assert viewer.has(Role.HANDLER, Role.LEADER)
    assert not viewer.has(Role.LEADER)
    assert viewer.seats_as(Role.HANDLER) == (HANDLER,)


def test_a_seat_is_found_by_unit_and_role():
    viewer = Viewer(user_id=7, seats=(CLERK, HANDLER))
    assert viewer.seat_in(20) == HANDLER
    assert viewer.seat_in(20, Role.HANDLER) == HANDLER
    assert viewer.seat_in(20, Role.COMMUNITY_CLERK) is None
    assert viewer.seat_in(30) is None
    assert viewer.seat_in(None) is None


def test_a_stranger_is_nobody_and_a_system_viewer_has_a_name():
    stranger, task = Viewer.anonymous(3), Viewer.system("watchdog", 3)
    assert stranger.is_anonymous
    assert not stranger.is_system
    assert task.is_system
    assert not task.is_anonymous
    assert (stranger.district_id, task.district_id) == (3, 3)
    assert not stranger.roles
    assert not task.unit_ids
    with pytest.raises(ValueError, match="name"):
        Viewer.system("")


def test_a_viewer_needs_to_know_no_family_unless_told():
    assert Viewer(user_id=7).families == frozenset()


def test_a_viewer_cannot_be_changed():
    viewer = Viewer(user_id=7)
    with pytest.raises(FrozenInstanceError):
        viewer.user_id = 8  # type: ignore[misc] # the point of the test


def test_the_three_administrators_are_apart_from_the_business():
    assert len(ADMINISTRATORS) == 3
    assert Role.LEADER not in ADMINISTRATORS
