"""A person leaves: rights and sessions end, cases stay with their unit, nobody is forgotten."""

from datetime import timedelta

import pytest

from gezhi.ground.accounts.models import User
from gezhi.ground.audit.models import Entry
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, NotPermitted
from gezhi.records.posts import actions as posts
from gezhi.records.posts.models import Appointment, Post
from gezhi.work.cases.tests.playing import Play
from gezhi.work.handover import actions
from tests.cast import SYSTEM


@pytest.fixture
def admin(cast):
    return cast.system_administrator.viewer


@pytest.fixture
def security(cast):
    return cast.security_administrator.viewer


def row_of(person):
    return Appointment.objects.get(user_id=person.user_id, to_at=None)


def test_rights_and_sessions_end_at_once(cast, admin):
    before = cast.handler.user.get_session_auth_hash()
    actions.end_appointment(appointment=row_of(cast.handler), by=admin)
    assert cast.handler.viewer_now.seats == ()
    assert cast.handler.user.get_session_auth_hash() != before
    assert Entry.objects.filter(verb="handover.end_appointment").count() == 1


def test_a_unit_left_with_nobody_is_told_with_its_waiting_cases(cast, admin):
    play = Play(cast).report().accept().dispatch()
    leaving = actions.end_appointment(appointment=row_of(cast.handler), by=admin)
    assert leaving.empty_unit == cast.street.sanitation
    assert leaving.waiting_cases == 1
    assert play.case.holder == cast.street.sanitation


def test_a_unit_with_others_left_is_not(cast, admin):
    leaving = actions.end_appointment(appointment=row_of(cast.acceptor), by=admin)
    assert leaving.empty_unit is None


def test_an_appointment_ends_at_a_later_moment(cast, admin):
    later = clock.now() + timedelta(days=3)
    actions.end_appointment(appointment=row_of(cast.handler), by=admin, at=later)
    assert len(cast.handler.viewer_now.seats) == 1
    clock.advance(timedelta(days=3))
    assert cast.handler.viewer_now.seats == ()


def test_it_ends_once(cast, admin):
    row = row_of(cast.handler)
    actions.end_appointment(appointment=row, by=admin)
    with pytest.raises(Conflict):
        actions.end_appointment(appointment=row, by=admin)


@pytest.mark.parametrize(
    "role", ["system_administrator", "security_administrator", "audit_administrator"]
)
def test_the_last_administrator_of_a_kind_stays(cast, security, role):
    with pytest.raises(Conflict) as refusal:
        actions.end_appointment(appointment=row_of(getattr(cast, role)), by=security)
    assert refusal.value.code == "last_administrator"


def test_with_a_second_one_the_first_may_go(cast, security):
    row = row_of(cast.system_administrator)
    second = User.objects.create(
        staff_number="GL9", name="第二位", district_id=row.district_id, created_at=clock.now()
    )
    posts.appoint(post=Post.objects.get(pk=row.post_id), user=second, by=SYSTEM)
    actions.end_appointment(appointment=row, by=security)
    with pytest.raises(Conflict):
        actions.end_appointment(appointment=Appointment.objects.get(user=second), by=security)


def test_a_second_one_who_is_to_leave_does_not_count(cast, security):
    row = row_of(cast.system_administrator)
    second = User.objects.create(
        staff_number="GL9", name="第二位", district_id=row.district_id, created_at=clock.now()
    )
    other = posts.appoint(post=Post.objects.get(pk=row.post_id), user=second, by=SYSTEM)
    later = clock.now() + timedelta(days=3)
    actions.end_appointment(appointment=other, by=security, at=later)
    with pytest.raises(Conflict):
        actions.end_appointment(appointment=row, by=security)


def test_administrators_are_ended_by_the_security_administrator_others_not(cast, admin, security):
    with pytest.raises(NotPermitted):
        actions.end_appointment(appointment=row_of(cast.audit_administrator), by=admin)
    with pytest.raises(NotPermitted):
        actions.end_appointment(appointment=row_of(cast.handler), by=security)
    with pytest.raises(NotPermitted):
        actions.end_appointment(appointment=row_of(cast.handler), by=cast.wang.viewer)


def test_closing_an_account_ends_all_it_had(cast, admin):
    left = actions.close_account(user=cast.handler.user, by=admin)
    assert [one.empty_unit for one in left] == [cast.street.sanitation]
    assert not cast.handler.user.is_active
    assert not Appointment.objects.filter(user_id=cast.handler.user_id, to_at=None).exists()


def test_closing_the_account_of_the_last_administrator_changes_nothing(cast, security):
    with pytest.raises(Conflict):
        actions.close_account(user=cast.system_administrator.user, by=security)
    assert cast.system_administrator.user.is_active
    assert row_of(cast.system_administrator)
