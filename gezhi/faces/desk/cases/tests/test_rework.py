"""Rework and a second round are seen by whoever must do them: tag, words, photos, the old answer."""

from datetime import timedelta

import pytest

from gezhi.faces.desk.conftest import read_sheet, text_of
from gezhi.kernel import clock
from gezhi.work.cases import actions


@pytest.fixture
def failed(play):
    """Work the checker did not find done."""
    return play.until("checking").check(passed=False, words="还有一袋没清走")


def test_the_unit_reads_the_checkers_words_first(cast, failed, desk_of):
    page = text_of(desk_of(cast.handler).get(f"cases/{failed.case.number}/"))
    top = page.split('class="came-back"')[1].split("反映人说")[0]
    assert "核查没通过，请按下面说的返工" in top
    assert "还有一袋没清走" in top and cast.checker.name in top
    assert page.index('class="came-back"') < page.index('id="said"')


def test_the_checkers_photos_stand_beside_the_words(cast, play, desk_of):
    play.until("checking")
    play.check(passed=False, words="看照片", photos=[play.photo()])
    page = text_of(desk_of(cast.handler).get(f"cases/{play.case.number}/"))
    assert "核查照片" in page.split('class="came-back"')[1].split("反映人说")[0]


def test_list_head_and_export_wear_the_tag(cast, failed, desk_of):
    desk = desk_of(cast.handler)
    assert "返工</span>" in text_of(desk.get("queues/handling/"))
    assert "返工</span>" in text_of(desk.get(f"cases/{failed.case.number}/"))
    (row,) = read_sheet(desk.take("queues/handling/export/"))
    assert row["标记"] == "返工"


def test_the_second_rework_is_counted_and_the_supervisor_named(cast, failed, desk_of):
    failed.finish().check(passed=False, words="地面没冲")
    page = text_of(desk_of(cast.handler).get(f"cases/{failed.case.number}/"))
    assert "第 2 次返工" in page and "请值班长过问" in page
    assert "地面没冲" in page.split('class="came-back"')[1].split("反映人说")[0]


def test_the_next_check_knows_what_failed_before(cast, failed, desk_of):
    failed.finish()
    page = text_of(desk_of(cast.checker).get(f"cases/{failed.case.number}/"))
    assert "上一次核查没通过" in page and "返工</span>" in page
    failed.check()
    after = text_of(desk_of(cast.acceptor).get(f"cases/{failed.case.number}/"))
    assert "上一次核查没通过" not in after


def test_the_answer_begins_with_the_last_one(cast, play, desk_of):
    play.until("handling")
    desk = desk_of(cast.handler)
    desk.deed(play, "finish", words="已清走两袋\n地面冲了", basis="市容条例", contact="环卫所 8450")
    play.check(passed=False)
    page = text_of(desk.get(f"cases/{play.case.number}/finish/"))
    assert "已清走两袋\n地面冲了</textarea>" in page
    assert 'value="市容条例"' in page and 'value="环卫所 8450"' in page
    assert "还有一袋没清走" in page.split('id="deed"')[1]


def test_one_due_time_for_whoever_looks(cast, play):
    play.until("checking")
    clock.advance(timedelta(days=2))
    play.check(passed=False)
    assert play.case.assignments.get().due_at == play.case.due_at


def test_a_second_round_says_what_is_left_to_do(cast, play, desk_of):
    play.until("closed")
    actions.reopen(report=play.report_row, by=play.stranger, key="not-solved", words="又堆回来了")
    page = text_of(desk_of(cast.dispatcher).get(f"cases/{play.case.number}/"))
    assert "第 2 次办理</span>" in page
    assert "又堆回来了" in page.split('id="said"')[0]
    play.dispatch()
    unit = text_of(desk_of(cast.handler).get(f"cases/{play.case.number}/"))
    assert "又堆回来了" in unit.split('id="said"')[0]


def test_whoever_sent_it_back_reads_who_is_to_do_it_again(cast, play, desk_of):
    play.until("checking")
    play.check(passed=False)
    page = text_of(desk_of(cast.checker).get(f"cases/{play.case.number}/"))
    assert f"核查没通过，等{cast.street.sanitation.name}返工" in page
    assert "请按下面说的返工" not in page
