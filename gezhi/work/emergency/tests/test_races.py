"""On PostgreSQL: two switches at the same moment are one emergency, and one sentence."""

import threading

import pytest
from django.db import connections

from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Refusal
from gezhi.work.cases.tests.playing import Play
from gezhi.work.emergency import actions
from gezhi.work.emergency.models import Emergency, EmergencyCase, LogLine, RollCall
from tests.cast import NOW

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def _at_once(*deeds):
    gate = threading.Barrier(len(deeds))
    refused: list[Refusal] = []

    def run(deed):
        try:
            with clock.moved_to(NOW):
                gate.wait(10)
                deed()
        except Refusal as refusal:
            refused.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return refused


@pytest.mark.parametrize("_turn", range(3))
def test_two_switches_at_once(cast, _turn):
    def on(person):
        return lambda: actions.switch_on(
            area_id=cast.street.street.pk, plan_code="flood", drill=False, reason="暴雨",
            by=person.viewer,
        )  # fmt: skip

    refused = _at_once(on(cast.supervisor), on(cast.wang))
    assert [type(one) for one in refused] == [Conflict]
    assert "已经打开了" in str(refused[0].message)
    assert Emergency.objects.count() == RollCall.objects.count() == 1
    assert LogLine.objects.filter(code="on").count() == 1


@pytest.mark.parametrize("_turn", range(2))
def test_one_case_taken_in_by_two_at_once_is_in_once(cast, _turn):
    row = actions.switch_on(
        area_id=cast.street.street.pk, plan_code="flood", drill=False, reason="暴雨",
        by=cast.wang.viewer,
    )  # fmt: skip
    number = Play(cast).report().case.number

    def take(person):
        return lambda: actions.enlist(emergency_id=row.pk, number=number, by=person.viewer)

    refused = _at_once(take(cast.supervisor), take(cast.wang))
    assert [type(one) for one in refused] == [Conflict]
    assert EmergencyCase.objects.count() == 1
