"""谁超时了: each unit's longest overdue case says why, where somebody wrote it."""

from datetime import timedelta

from gezhi.faces.desk.conftest import text_of
from gezhi.kernel import clock
from gezhi.work.cases import actions
from gezhi.work.cases.tests.test_extend import ask


def _page(cast, desk_of):
    return text_of(desk_of(cast.supervisor).get("figures/"))


def test_what_nobody_explained_says_so(cast, desk_of, play):
    play.until("handling")
    clock.advance(timedelta(days=30))
    assert "未写原因" in _page(cast, desk_of)


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
    assert '<p class="figure-note">其中在承诺的时限前结案的 ÷ 应结案的事，按到期日</p>' in page
    assert "强制结案不算" in page
