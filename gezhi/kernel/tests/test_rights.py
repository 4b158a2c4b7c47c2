"""Rights: each is somebody's, a task needs none, a refusal says whose it is."""

import pytest

from gezhi.kernel.errors import NotPermitted
from gezhi.kernel.rights import GRANTED, Right, require, roles_with
from gezhi.kernel.roles import ADMINISTRATORS
from gezhi.kernel.viewer import Level, Role, Seat, Viewer


def _seated(*roles: Role) -> Viewer:
    seats = tuple(Seat(at, 1, role, 1, Level.STREET) for at, role in enumerate(roles))
    return Viewer(user_id=1, district_id=1, seats=seats)


@pytest.mark.parametrize("right", list(Right))
def test_every_right_is_somebodys_and_no_residents(right: Right) -> None:
    assert GRANTED[right].roles
    assert Role.RESIDENT not in GRANTED[right].roles


def test_no_administrator_does_business_and_nobody_at_work_administers() -> None:
    for right, granted in GRANTED.items():
        if right is not Right.BE_STAFF:
            held = granted.roles & ADMINISTRATORS
            assert not held or granted.roles <= ADMINISTRATORS, right


def test_any_seat_gives_its_rights() -> None:
    viewer = _seated(Role.HANDLER, Role.COMMUNITY_CLERK)
    assert viewer.may(Right.TAKE_IN)
    assert viewer.may(Right.SET_UP, Right.HANDLE)
    assert not viewer.may(Right.SET_UP)
    assert [seat.role for seat in viewer.seats_for(Right.TAKE_IN)] == [Role.COMMUNITY_CLERK]
    assert not Viewer.anonymous(1).may(*Right)


def test_a_refusal_says_whose_it_is_and_a_task_is_not_refused() -> None:
    with pytest.raises(NotPermitted, match="系统管理员"):
        require(_seated(Role.LEADER), Right.SET_UP)
    require(_seated(Role.SYSTEM_ADMINISTRATOR), Right.SET_UP)
    require(Viewer.system("beat"), Right.SET_UP)


def test_rights_together_are_the_roles_of_all() -> None:
    assert roles_with(Right.SET_UP, Right.READ_TRAIL) == {
        Role.SYSTEM_ADMINISTRATOR,
        Role.AUDIT_ADMINISTRATOR,
    }
    assert roles_with() == frozenset()


def test_every_right_that_refuses_names_somebody() -> None:
    for right in (Right.SET_UP, Right.KEEP_POSTS, Right.KEEP_ACCOUNTS, Right.READ_TRAIL):
        assert GRANTED[right].who
