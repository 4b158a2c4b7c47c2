"""On PostgreSQL: a dispatch and a closing at the same moment never leave an orphan."""

import threading

import pytest
from django.db import connections

from gezhi.ground.accounts.models import User
from gezhi.kernel import clock
from gezhi.kernel.errors import Refusal
from gezhi.records.posts import actions as posts
from gezhi.records.posts.models import Appointment, Post
from gezhi.records.units.models import Unit
from gezhi.work.cases import actions as cases
from gezhi.work.cases.models import Assignment, Case
from gezhi.work.cases.tests.playing import Play, fresh_key
from gezhi.work.handover import actions
from tests.cast import NOW, SYSTEM

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("_turn", range(5))
def test_dispatch_against_closing(cast, _turn):
    play = Play(cast).report().accept()
    gate = threading.Barrier(2)
    refused = []

    def run(deed):
        try:
            with clock.moved_to(NOW):
                gate.wait(10)
                deed()
        except Refusal as refusal:
            refused.append(refusal)
        finally:
            connections.close_all()

    def send():
        cases.dispatch(
            number=play.receipt.case_number,
            lead_unit_id=cast.street.sanitation.pk,
            by=cast.dispatcher.viewer,
            key=fresh_key(),
        )

    def shut():
        actions.close_unit(
            unit=cast.street.sanitation,
            successor=cast.street.water,
            by=cast.system_administrator.viewer,
        )

    threads = [threading.Thread(target=run, args=(deed,)) for deed in (send, shut)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(refused) <= 1
    assert Case.objects.filter(ended_at=None, holder__closed_at__isnull=False).count() == 0
    assert Assignment.objects.filter(ended_at=None, unit__closed_at__isnull=False).count() == 0
    closed = not Unit.objects.get(pk=cast.street.sanitation.pk).is_open
    assert closed or len(refused) == 1


@pytest.mark.parametrize("_turn", range(3))
def test_two_administrators_leaving_at_once_never_leave_none(cast, _turn):
    first = Appointment.objects.get(user_id=cast.audit_administrator.user_id)
    second_user = User.objects.create(
        staff_number="GL9", name="第二位", district_id=first.district_id, created_at=NOW
    )
    second = posts.appoint(
        post=Post.objects.get(pk=first.post_id), user=second_user, by=SYSTEM, from_at=NOW
    )
    gate = threading.Barrier(2)
    refused = []

    def leave(row):
        try:
            with clock.moved_to(NOW):
                gate.wait(10)
                actions.end_appointment(appointment=row, by=cast.security_administrator.viewer)
        except Refusal as refusal:
            refused.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=leave, args=(row,)) for row in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(refused) == 1
    assert Appointment.objects.filter(post_id=first.post_id, to_at=None).count() == 1
