"""On PostgreSQL: two switches at the same moment are one emergency, and one sentence."""

import threading

import pytest
from django.db import connections

from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Refusal
from gezhi.work.cases.tests.playing import Play, fresh_key
from gezhi.work.emergency import actions
from gezhi.work.emergency.models import Answer, Emergency, EmergencyCase, LogLine, RollCall
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


@pytest.fixture
def flood(cast):
    return actions.switch_on(
        area_id=cast.street.street.pk, plan_code="flood", drill=False, reason="暴雨",
        by=cast.wang.viewer,
    )  # fmt: skip


@pytest.mark.parametrize("_turn", range(3))
def test_one_page_asks_the_grids_once_however_often_it_is_sent(cast, flood, _turn):
    def ask(person):
        return lambda: actions.call_roll(emergency_id=flood.pk, after=1, by=person.viewer)

    assert _at_once(ask(cast.wang), ask(cast.wang), ask(cast.supervisor)) == []
    assert RollCall.objects.count() == LogLine.objects.filter(code="roll_call").count() == 2


@pytest.mark.parametrize("_turn", range(3))
def test_one_notice_is_told_once_however_often_it_is_sent(cast, flood, _turn):
    key = fresh_key()

    def tell():
        actions.notify(
            emergency_id=flood.pk, told=["workers"], text="请上挡板", by=cast.wang.viewer, key=key
        )

    assert _at_once(tell, tell, tell) == []
    assert LogLine.objects.filter(code="notice").count() == 1


@pytest.mark.parametrize("said", ["safe", "trouble"])
def test_one_answer_of_a_grid_is_one_however_often_it_is_sent(cast, flood, said):
    key = fresh_key()

    def say():
        actions.answer(
            emergency_id=flood.pk, grid_id=cast.street.grid.pk, said=said, text="地下室进水",
            by=cast.zhang.viewer, key=key,
        )  # fmt: skip

    assert _at_once(say, say, say) == []
    assert Answer.objects.count() == LogLine.objects.filter(code=said).count() == 1


def test_one_page_switches_off_once_however_often_it_is_sent(cast, flood):
    def off():
        actions.switch_off(
            emergency_id=flood.pk, summary="雨停了", goes_on=True, by=cast.wang.viewer
        )

    assert _at_once(off, off, off) == []
    assert LogLine.objects.filter(code="off").count() == 1


def test_one_person_is_named_once_however_often_it_is_sent(cast, flood):
    number = Play(cast).report().case.number
    actions.enlist(emergency_id=flood.pk, number=number, by=cast.wang.viewer)

    def name():
        actions.name_major(
            emergency_id=flood.pk, number=number, user_id=cast.wang.user_id, by=cast.wang.viewer
        )

    assert _at_once(name, name, name) == []
    assert LogLine.objects.filter(code="named").count() == 1


@pytest.mark.parametrize("_turn", range(3))
def test_one_case_taken_into_two_emergencies_at_once_is_in_one(cast, flood, _turn):
    gas = actions.switch_on(
        area_id=cast.street.street.pk, plan_code="gas", drill=False, reason="漏气",
        by=cast.wang.viewer,
    )  # fmt: skip
    number = Play(cast).report().case.number

    def take(row):
        return lambda: actions.enlist(emergency_id=row.pk, number=number, by=cast.wang.viewer)

    refused = _at_once(take(flood), take(gas))
    assert [type(one) for one in refused] == [Conflict]
    assert EmergencyCase.objects.count() == 1
