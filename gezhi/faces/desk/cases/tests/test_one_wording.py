"""One case is said one way wherever it stands: its title, its due time, its numbers, its story."""

from datetime import timedelta

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.faces.shell import deadlines
from gezhi.kernel import clock
from gezhi.kernel.digits import case_number, report_number
from gezhi.work.cases.models import Case
from gezhi.work.cases.queries import case_page, desk

WIDE = str.maketrans("0123456789 ", "０１２３４５６７８９　")


def _row(person, play):
    (row,) = desk.by_numbers(person.viewer, [play.case.number])
    return row


def test_list_head_home_phone_and_group_say_one_due_time(cast, play, desk_of, client_of):
    play.until("checking")
    words = deadlines.due_words(_row(cast.checker, play))
    assert words.endswith("前核查")
    at_desk = desk_of(cast.checker)
    for path in ("queues/checking/", f"cases/{play.case.number}/", ""):
        assert f"{words}" in text_of(at_desk.get(path)), path
    phone = client_of(cast.zhang)
    for path in ("", "checks/", f"cases/{play.case.number}/"):
        assert f"{words}" in phone.get(f"/pocket/{path}").content.decode(), path
    group = phone.get(f"/pocket/cases/{play.case.number}/group-text/").content.decode()
    assert words in group.split("【格治】")[1]


def test_each_step_has_its_word_and_lateness_too(cast, play):
    said = []
    steps = (play.report, play.accept, play.dispatch, play.take, play.finish, play.check)
    for step in steps:
        step()
        said.append(deadlines.due_words(_row(cast.wang, play))[-2:])
    assert said == ["受理", "派单", "接单", "办结", "核查", "结案"]
    clock.advance(timedelta(days=9))
    assert deadlines.due_words(_row(cast.wang, play)).startswith("结案已超 ")


def test_at_the_very_due_moment_the_page_counts_what_is_left_as_the_list_does(cast, play, desk_of):
    play.until("handling")
    desk, due = desk_of(cast.handler), play.case.due_at
    with clock.moved_to(due):
        page = text_of(desk.get(f"cases/{play.case.number}/"))
    assert "还剩 不到 1 分钟" in page
    with clock.moved_to(due + timedelta(microseconds=1)):
        page = text_of(desk.get(f"cases/{play.case.number}/"))
    assert "还剩" not in page and "办结已超" in page


def test_a_case_that_waits_to_be_taken_says_both_of_its_clocks(cast, play, desk_of):
    play.until("dispatched")
    due = play.case.assignments.get().due_at + timedelta(days=1)
    play.case.assignments.update(due_at=due)
    page = case_page(cast.handler.viewer, play.case.number)
    assert deadlines.next_words(page) == f"接单后 {deadlines.words_for('handling', due)}"
    head = text_of(desk_of(cast.handler).get(f"cases/{play.case.number}/")).split("</header>")[1]
    assert deadlines.next_words(page) in head and "前接单" in head


def test_what_the_reporter_was_promised_is_called_so(cast, play, desk_of):
    play.until("accepted")
    page = text_of(desk_of(cast.dispatcher).get(f"cases/{play.case.number}/"))
    assert "答应" in page and "前答复" in page and 'title="本环节时限：' in page


def test_a_story_is_told_newest_first_on_screens_and_from_the_beginning_on_paper(
    cast, play, desk_of, client_of
):
    play.until("checking")
    number = play.case.number
    screen = text_of(desk_of(cast.checker).get(f"cases/{number}/")).split('class="timeline"')[1]
    assert screen.index("办结") < screen.index("接单") < screen.index("受理立案")
    phone = client_of(cast.zhang).get(f"/pocket/cases/{number}/").content.decode()
    phone = phone.split('class="timeline"')[1]
    assert phone.index("说办好了") < phone.index("接单办理") < phone.index("反映了这件事")
    paper = text_of(desk_of(cast.checker).get(f"cases/{number}/sheet/")).split("从头到尾")[-1]
    assert paper.index("受理立案") < paper.index("接单") < paper.index("办结")


@pytest.mark.parametrize("wide", [False, True])
def test_a_number_pasted_in_any_grouping_opens_its_case(cast, play, desk_of, wide):
    play.until("accepted")
    at_desk = desk_of(cast.dispatcher)
    for number in (
        report_number(play.receipt.number),
        case_number(play.case.number),
        f"受理号：{play.receipt.number}",
        "-".join((play.receipt.number[:4], play.receipt.number[4:])),
    ):
        typed = number.translate(WIDE) if wide else number
        answer = at_desk.get("search/", q=typed)
        assert answer.status_code == 302, typed
        assert answer.headers["Location"] == f"/desk/cases/{play.case.number}/"
    listed = text_of(at_desk.get("queues/dispatching/", q=report_number(play.receipt.number)))
    assert f"row-{play.case.number}" in listed


def test_numbers_stand_in_one_grouping(cast, play, desk_of):
    play.until("accepted")
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/"))
    sheet = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/sheet/"))
    for shown in (page, sheet):
        assert report_number(play.receipt.number) in shown
        assert case_number(play.case.number) in shown


def test_a_class_with_as_little_time_to_handle_as_to_take_says_so_once(cast, play):
    play.until("dispatched")
    Case.objects.filter(pk=play.case.pk).update(due_at=play.case.assignments.get().due_at)
    page = case_page(cast.handler.viewer, play.case.number)
    assert deadlines.next_words(page) == "办结也在这以前：办理时限从派单起算"
