"""挂账 and 延期 at the desk: asked for, decided, listed, explained, and on paper."""

from datetime import timedelta

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.kernel import clock
from gezhi.work.cases import actions

WORDS = "下雨天铺不了沥青"


@pytest.fixture
def handled(play):
    """A case 环卫所 handles."""
    return play.report().accept(class_code="event-0102").dispatch().take()


@pytest.fixture
def asked(handled):
    """The same, asked to hang until Friday of next week."""
    handled.do(
        actions.ask_to_hang,
        handled.cast.handler.viewer,
        reason_code="season",
        review_on=clock.today() + timedelta(days=11),
        words=WORDS,
    )
    return handled


@pytest.fixture
def hung(asked):
    """The same, hung."""
    asked.do(actions.hang, asked.cast.supervisor.viewer, granted=True)
    return asked


def test_what_is_wrong_with_a_request_stands_at_its_row_and_the_words_stay(cast, handled, desk_of):
    desk = desk_of(cast.handler)
    response = desk.deed(
        handled, "ask_to_hang", reason_code="season", review_on="2026-11-20", words=WORDS
    )
    page = text_of(response)
    assert response.status_code == 422
    assert "复核日已经过去了" in page and WORDS in page
    assert handled.case.marks == ""


def test_only_reasons_to_hang_are_offered(cast, handled, desk_of):
    page = text_of(desk_of(cast.handler).get(f"cases/{handled.case.number}/ask_to_hang/"))
    assert "受季节、天气限制" in page and "等待材料或采购" not in page


def test_the_supervisor_reads_what_was_asked_and_grants_it(cast, asked, desk_of):
    desk = desk_of(cast.supervisor)
    assert asked.case.number in text_of(desk.get("queues/approving/"))
    page = text_of(desk.get(f"cases/{asked.case.number}/hang/"))
    assert WORDS in page and "受季节、天气限制，12 月 4 日复核" in page
    assert desk.deed(asked, "hang", answer="yes", words="").status_code == 303
    assert asked.case.number not in text_of(desk.get("queues/approving/"))
    assert asked.case.number in text_of(desk.get("queues/hung/"))


def test_a_refusal_needs_words(cast, asked, desk_of):
    response = desk_of(cast.supervisor).deed(asked, "hang", answer="no", words="")
    assert response.status_code == 422
    assert "请写明为什么不同意" in text_of(response)


def test_a_hung_case_says_so_everywhere(cast, hung, desk_of):
    desk = desk_of(cast.handler)
    page = text_of(desk.get(f"cases/{hung.case.number}/"))
    assert "挂账到 12 月 4 日 17:00，复核" in page
    assert "恢复办理后接着算" in page
    assert f'action="/desk/cases/{hung.case.number}/finish/"' not in page
    assert hung.case.number not in text_of(desk.get("queues/handling/"))
    assert hung.case.number in text_of(desk.get("queues/hung/"))
    refused = desk.get(f"cases/{hung.case.number}/finish/")
    assert refused.status_code == 409
    assert "这件事挂账中，先恢复办理再办结" in text_of(refused)


def test_it_is_not_overdue_until_the_day_of_its_review_has_passed(cast, hung, desk_of):
    clock.advance(timedelta(days=11))
    assert hung.case.number not in text_of(desk_of(cast.supervisor).get("queues/overdue/"))
    clock.advance(timedelta(days=1))
    desk = desk_of(cast.supervisor)
    assert hung.case.number in text_of(desk.get("queues/overdue/"))
    assert "挂账复核已超" in text_of(desk.get(f"cases/{hung.case.number}/"))


def test_a_review_and_the_end_are_told_in_the_story_and_the_clock(cast, hung, desk_of):
    clock.advance(timedelta(days=2))
    desk = desk_of(cast.supervisor)
    desk.deed(hung, "review", review_on="2026-12-08", words="还在下雨")
    desk.deed(hung, "resume", words="天晴了")
    page = text_of(desk.get(f"cases/{hung.case.number}/"))
    assert "接着挂账，12 月 8 日再复核" in page
    assert "停表 2 天" in page


def test_whoever_reviews_reads_above_the_form_why_it_hangs_and_what_was_seen(cast, hung, desk_of):
    def above() -> str:
        page = text_of(desk_of(cast.supervisor).get(f"cases/{hung.case.number}/review/"))
        return page[page.index("改一个复核日") : page.index("下一个复核日")]

    assert WORDS in above()
    assert "上次复核" not in above()
    clock.advance(timedelta(days=2))
    desk_of(cast.supervisor).deed(hung, "review", review_on="2026-12-08", words="还在下雨")
    assert WORDS in above()
    assert "上次复核" in above() and "还在下雨" in above()


def test_more_time_is_asked_for_in_the_unit_of_the_limit(cast, handled, desk_of):
    desk, number = desk_of(cast.handler), handled.case.number
    page = text_of(desk.get(f"cases/{number}/ask_to_extend/"))
    assert "单位和原时限一样" in page and "签了字的延期审批表" not in page
    fields = {"reason_code": "procurement", "words": "配件后天到"}
    too_much = desk.deed(handled, "ask_to_extend", amount="500", **fields)
    assert too_much.status_code == 422 and "不能比原来的时限还长" in text_of(too_much)
    assert desk.deed(handled, "ask_to_extend", amount="0", **fields).status_code == 422
    assert desk.deed(handled, "ask_to_extend", amount="1", **fields).status_code == 303
    centre = desk_of(cast.dispatcher)
    assert number in text_of(centre.get("queues/approving/"))
    assert centre.deed(handled, "extend", answer="yes", words="").status_code == 303
    assert "+ 延期 1 " in text_of(desk.get(f"cases/{number}/"))
    second = text_of(desk.get(f"cases/{number}/ask_to_extend/"))
    assert "签了字的延期审批表" in second and f"cases/{number}/sheet/extension/" in second
    unsigned = desk.deed(handled, "ask_to_extend", amount="1", **fields)
    assert unsigned.status_code == 422 and "再延要传签了字的延期审批表照片" in text_of(unsigned)


def test_a_second_request_waits_for_the_supervisor_alone(cast, handled, desk_of):
    for form in ([], [handled.photo()]):
        handled.do(
            actions.ask_to_extend,
            cast.handler.viewer,
            amount=1,
            reason_code="procurement",
            words="配件没到",
            form=form,
        )
        if not form:
            handled.do(actions.extend, cast.dispatcher.viewer, granted=True)
    number = handled.case.number
    assert number not in text_of(desk_of(cast.dispatcher).get("queues/approving/"))
    assert number in text_of(desk_of(cast.supervisor).get("queues/approving/"))
    page = desk_of(cast.supervisor).get(f"cases/{number}/extend/").content.decode()
    asked_above = page[page.index("申请人") : page.index("同意吗")]
    assert "<img" in asked_above, "the signed form stands above the answer"
    refused = desk_of(cast.dispatcher).get(f"cases/{number}/extend/")
    assert refused.status_code == 403
    assert "第二次延期由街道网格中心的值班长审批" in text_of(refused)


def test_at_the_due_moment_the_form_is_not_to_be_had(cast, handled, desk_of):
    due = handled.case.due_at
    with clock.moved_to(due):
        response = desk_of(cast.handler).get(f"cases/{handled.case.number}/ask_to_extend/")
        assert response.status_code == 409
        assert "延期要在到期前申请" in text_of(response)


def test_the_request_is_printed_with_its_answer(cast, hung, desk_of):
    page = text_of(desk_of(cast.handler).get(f"cases/{hung.case.number}/sheet/hang/"))
    for said in (
        "挂账审批表",
        WORDS,
        "挂账，12 月 4 日复核",
        "同意，挂到",
        cast.handler.name,
    ):
        assert said in page


def test_it_is_printed_blank_before_anything_is_asked(cast, handled, desk_of):
    page = text_of(desk_of(cast.handler).get(f"cases/{handled.case.number}/sheet/extension/"))
    assert "延期，延 ＿" in page and cast.handler.name not in page.split("<article")[1]


def test_another_unit_has_no_such_paper(cast, hung, desk_of):
    assert desk_of(cast.tang).get(f"cases/{hung.case.number}/sheet/hang/").status_code == 404


def test_the_head_of_a_hung_case_says_why_it_stands_still(cast, hung, desk_of):
    page = text_of(desk_of(cast.handler).get(f"cases/{hung.case.number}/"))
    above = page.partition("case-head")[2].partition("<blockquote")[0]
    assert "挂账：" in above and f"{cast.supervisor.name}" in above and "停表到复核" in above


@pytest.mark.parametrize(("answer", "said"), [("yes", "已同意挂账"), ("no", "没有同意挂账")])
def test_whoever_decided_is_told_what_was_decided(cast, asked, desk_of, answer, said):
    desk = desk_of(cast.supervisor)
    done = desk.deed(asked, "hang", answer=answer, words="等到开春再做")
    assert done.status_code == 303
    assert said in text_of(desk.get(f"cases/{asked.case.number}/"))
