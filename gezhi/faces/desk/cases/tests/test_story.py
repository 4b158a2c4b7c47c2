"""The story of a case: which step a late stage is told of, and of which doing a rating was."""

from datetime import timedelta

from gezhi.faces.desk.conftest import text_of
from gezhi.kernel import clock
from gezhi.work.cases import actions


def _story(desk, play):
    page = text_of(desk.get(f"cases/{play.case.number}/"))
    return page.split('class="timeline"')[1].split("</ol>")[0].split("<li")[1:]


def test_only_the_step_that_ended_a_stage_is_told_to_be_late(cast, play, desk_of):
    play.until("accepted")
    clock.advance(timedelta(days=30))
    actions.add_word(
        report=play.report_row, by=play.stranger, key="word-1234567890", words="还堆着"
    )
    clock.advance(timedelta(minutes=1))
    play.dispatch()
    late = [step for step in _story(desk_of(cast.dispatcher), play) if "超时" in step]
    assert len(late) == 1
    assert "派单超时" in late[0] and "<b>派单" in late[0]


def test_a_rating_of_an_earlier_doing_says_which(cast, play, desk_of):
    play.until("closed")
    desk = desk_of(cast.dispatcher)
    actions.rate(
        report=play.report_row,
        by=play.stranger,
        key="rating-1234567890",
        resolved="unsolved",
        satisfied="dissatisfied",
        words="还在漏",
    )
    page = text_of(desk.get(f"cases/{play.case.number}/"))
    assert "第 1 次办理的评价" in page and "不满意" in page
    assert "第 1 次办理的评价" in text_of(desk.get(f"cases/{play.case.number}/sheet/"))
