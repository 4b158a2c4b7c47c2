"""谁超时了: each unit's longest overdue case says why, where somebody wrote it."""

from datetime import timedelta

from gezhi.faces.desk.conftest import text_of
from gezhi.kernel import clock
from gezhi.work.cases import actions
from gezhi.work.cases.tests.test_extend import ask


def _page(cast, desk_of):
    return text_of(desk_of(cast.supervisor).get("figures/"))


def test_where_nobody_explained_there_is_no_column_of_reasons_and_it_says_where_one_is_written(
    cast, desk_of, play
):
    play.until("handling")
    clock.advance(timedelta(days=30))
    page = _page(cast, desk_of)
    assert "未写原因" not in page and "还没有单位写" in page


def test_who_is_late_is_told_as_of_now_on_the_page_of_an_old_week_too(cast, desk_of, play):
    day = clock.today()
    play.until("handling")
    clock.advance(timedelta(days=30))
    page = text_of(desk_of(cast.supervisor).get(f"figures/?day={day}"))
    assert "现在谁超时了" in page and "12 月 23 日 10:00 数的" in page


def test_the_reason_that_was_written_last_is_shown(cast, desk_of, play):
    play.report().accept(class_code="event-0102").dispatch().take()
    ask(play, words="配件后天到")
    clock.advance(timedelta(days=30))
    page = _page(cast, desk_of)
    assert "申请延期：" in page and "配件后天到" in page and "未写原因" not in page
    play.supervise()
    play.do(actions.report_to_supervisor, cast.handler.viewer, words="周五前修好")
    assert "督办答复：周五前修好" in _page(cast, desk_of)


def test_of_a_confidential_case_no_words_are_shown(cast, desk_of, play):
    play.until("handling", confidential=True)
    ask(play, words="在李家门口等")
    clock.advance(timedelta(days=30))
    assert "在李家门口等" not in _page(cast, desk_of)


def test_a_number_leads_to_its_list_before_it_has_any(cast, desk_of):
    page = desk_of(cast.supervisor).get("figures/").content.decode()
    assert 'class="figure-value" href="/desk/figures/accepted/numerator/' in page


def test_below_a_figure_stands_how_it_is_counted_without_what_is_left_out(cast, desk_of):
    page = desk_of(cast.supervisor).get("figures/").content.decode()
    day = '<span class="nowrap">按到期日</span>'
    assert f"其中在承诺的时限前结案的 ÷ 应结案的事，{day}" in page
    assert "强制结案不算" in page
