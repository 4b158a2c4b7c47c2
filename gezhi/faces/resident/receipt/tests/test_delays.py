"""What a reporter reads of a matter that hangs, is looked at again, or takes more time."""

from datetime import timedelta

import pytest
from django.utils import translation

from gezhi.faces.resident.conftest import words
from gezhi.faces.resident.receipt import sentences
from gezhi.faces.resident.receipt.tests.test_receipt import address_of
from gezhi.kernel import clock
from gezhi.work.cases import actions
from gezhi.work.cases.queries.track import tracked

REASON = {"reason_code": "season", "words": "内部的话，不给反映人看"}


@pytest.fixture
def handled(play):
    return play.until("handling")


def ask_to_hang(play, **answer):
    day = clock.today() + timedelta(days=11)
    play.do(actions.ask_to_hang, play.cast.handler.viewer, review_on=day, **REASON)
    play.do(actions.hang, play.cast.supervisor.viewer, **answer)


def test_a_hung_matter_says_why_and_when_it_is_looked_at_again(handled, resident):
    ask_to_hang(handled, granted=True)
    page = words(resident.read(address_of(handled)))
    assert "桐花街道环卫所暂时办不了这件事，12 月 4 日 17:00 前再看能不能办" in page
    assert "这件事暂时办不了（受季节、天气限制），12 月 4 日 17:00 前再看能不能办" in page
    assert "内部的话" not in page


def test_what_was_refused_is_not_told(handled, resident):
    ask_to_hang(handled, granted=False, words="现在就能办")
    page = words(resident.read(address_of(handled)))
    assert "办不了" not in page and "现在就能办" not in page


def test_it_is_told_that_work_goes_on(handled, resident):
    ask_to_hang(handled, granted=True)
    handled.do(actions.resume, handled.cast.handler.viewer)
    page = words(resident.read(address_of(handled)))
    assert "又接着办了" in page and "正在处理" in page


def test_more_time_is_told_with_its_reason_and_end(handled, resident):
    ask, by = actions.ask_to_extend, handled.cast.handler.viewer
    handled.do(ask, by, amount=1, **REASON)
    handled.do(actions.extend, handled.cast.dispatcher.viewer, granted=True)
    page = words(resident.read(address_of(handled)))
    assert "要多一些时间（受季节、天气限制），今天 15:00 前办好" in page


def test_it_is_told_in_english_too(handled):
    ask_to_hang(handled, granted=True)
    found = tracked(handled.receipt.number, handled.receipt.code)
    with translation.override("en"):
        assert sentences.sentence(found.steps[-1]) == (
            "It cannot be done for now (Season or weather); "
            "it will be looked at again by 12/4 17:00"
        )
        assert sentences.headline(found).endswith("will look at it again by 12/4 17:00")
