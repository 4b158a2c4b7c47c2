"""Every deed of an emergency done a second time, by a second click or by somebody else, is done once."""

import pytest

from gezhi.ground.notices.models import Notice
from gezhi.kernel.errors import Conflict, Invalid, KeyReused
from gezhi.work.cases.tests.playing import fresh_key
from gezhi.work.emergency import actions, queries
from gezhi.work.emergency.models import LogLine
from gezhi.work.emergency.tests.test_switching import _answer


def _lines(row, code):
    return LogLine.objects.filter(emergency=row, code=code).count()


def test_a_roll_call_follows_the_one_the_page_knew_of(cast, switch_on):
    row = switch_on()
    _answer(cast, row)
    first = actions.call_roll(emergency_id=row.pk, after=1, by=cast.wang.viewer)
    _answer(cast, row)
    again = actions.call_roll(emergency_id=row.pk, after=1, by=cast.supervisor.viewer)
    assert (first.number, first.repeated) == (2, False)
    assert (again.pk, again.repeated) == (first.pk, True)
    assert _lines(row, "roll_call") == row.roll_calls.count() == 2
    assert queries.silent_count(row, queries.latest_call(row)) == 2
    assert actions.call_roll(emergency_id=row.pk, after=2, by=cast.wang.viewer).number == 3


def test_a_notice_sent_twice_is_told_once(cast, switch_on):
    row, key = switch_on(), fresh_key()

    def notify(**changes):
        fields = {"emergency_id": row.pk, "told": ["workers"], "text": "请上挡板",
                  "by": cast.wang.viewer, "key": key} | changes  # fmt: skip
        return actions.notify(**fields)

    number = notify()
    told = Notice.objects.filter(kind="emergency_notice").count()
    assert notify() == number == told
    assert _lines(row, "notice") == 1
    assert Notice.objects.filter(kind="emergency_notice").count() == told
    with pytest.raises(KeyReused):
        notify(text="请下挡板")
    with pytest.raises(Invalid):
        notify(key="")
    # Another's key is no key of one's own.
    assert notify(by=cast.supervisor.viewer) == number
    actions.switch_off(emergency_id=row.pk, summary="雨停了", goes_on=True, by=cast.wang.viewer)
    assert notify() == number
    assert _lines(row, "notice") == 2


def test_naming_the_same_once_more_changes_and_logs_nothing(cast, switch_on):
    row = switch_on()
    number = _answer(cast, row).case.number
    for _ in range(2):
        actions.name_major(
            emergency_id=row.pk, number=number, user_id=cast.wang.user_id, by=cast.wang.viewer
        )
    assert (_lines(row, "major"), _lines(row, "named")) == (1, 1)
    for _ in range(2):
        actions.drop_major(emergency_id=row.pk, number=number, by=cast.wang.viewer)
    assert _lines(row, "not_major") == 1


def test_switching_off_once_more_answers_what_was_switched_off(cast, switch_on):
    row = switch_on()

    def off(**changes):
        fields = {"emergency_id": row.pk, "summary": "雨停了", "goes_on": True,
                  "by": cast.wang.viewer} | changes  # fmt: skip
        return actions.switch_off(**fields)

    moment = off().off_at
    assert off().off_at == moment
    assert _lines(row, "off") == 1
    for other in ({"summary": "还没停"}, {"by": cast.supervisor.viewer}):
        with pytest.raises(Conflict, match="已经关闭"):
            off(**other)
