"""拟答: a draft with holes and sources, a look at the answer; nothing refused, nothing lost."""

import pytest

from gezhi.faces.desk.cases.drafts import filled
from gezhi.faces.desk.conftest import text_of
from gezhi.work.cases.tests.playing import Play
from gezhi.work.triage import answering

RULE = "按照《成都市市容和环境卫生管理条例》规定，建筑垃圾应当及时清运，不得占道堆放。"


@pytest.fixture(autouse=True)
def _nothing_stays_in_memory():
    answering.forget()
    yield
    answering.forget()


@pytest.fixture
def answered(cast):
    """Like cases that ended with the same rule: what only one answer says may be of that case."""
    plays = [Play(cast).until("handling") for _ in range(5)]
    for number, play in enumerate(plays):
        play.finish(words=f"{RULE}现场有 {number + 2} 袋，已派车清走。").check().close()
    return plays


def test_a_draft_names_the_cases_it_comes_from(cast, play, answered, desk_of):
    play.until("handling")
    page = text_of(desk_of(cast.handler).post(f"cases/{play.case.number}/draft/"))
    assert "参考稿" in page
    assert "应当及时清运" in page
    named = [one for one in answered if f'href="/desk/cases/{one.case.number}/"' in page]
    assert 1 <= len(named) <= 3
    assert 'target="_blank"' in page
    assert "<html" not in page


def test_the_form_has_both_buttons_and_a_place_for_what_they_say(cast, play, desk_of):
    play.until("handling")
    page = text_of(desk_of(cast.handler).get(f"cases/{play.case.number}/finish/"))
    assert "参考以往答复" in page and "看看漏了什么" in page
    assert 'id="answer-notes"' in page and 'id="answer-draft"' in page


def test_without_script_an_empty_answer_is_begun_with_the_draft(cast, play, answered, desk_of):
    play.until("handling")
    response = desk_of(cast.handler).deed(play, "finish", look="draft", words="")
    page = text_of(response)
    field = page.split('name="words"')[1].split("</textarea>")[0].split(">", 1)[1].strip()
    assert response.status_code == 200
    assert field
    assert "参考了这几件" in page
    assert play.case.state == "handling"


def test_a_typed_answer_stays_as_it_is(cast, play, answered, desk_of):
    play.until("handling")
    page = text_of(desk_of(cast.handler).deed(play, "finish", look="draft", words="我写了一半"))
    field = page.split('name="words"')[1].split("</textarea>")[0].split(">", 1)[1].strip()
    assert field == "我写了一半"


def test_an_empty_courtesy_is_told_and_goes_all_the_same(cast, play, photo, desk_of):
    play.until("handling")
    desk = desk_of(cast.handler)
    words = "您好，您反映的问题已收悉，已转办相关部门，感谢您的支持。"
    page = text_of(desk.post(f"cases/{play.case.number}/answer-findings/", words=words))
    assert "请看一眼" in page and "只是提醒" in page
    sent = desk.deed(play, "finish", words=words, photos=photo())
    assert sent.status_code == 303
    assert play.case.state == "checking"


def test_every_place_to_look_at_is_counted_and_quoted_as_it_was_written(cast, play, desk_of):
    play.until("handling")
    words = "经办理，结果是：【处理结果】。\n依据是【依据】。\n2026年11月20日已清运，请联系环卫所，电话028-12345678。"
    path = f"cases/{play.case.number}/answer-findings/"
    page = text_of(desk_of(cast.handler).post(path, words=words, basis="市容条例"))
    quoted = page.split("这里还没有填")[1].split("</li>")[0]
    assert "“经办理，结果是：【处理结果】。”" in quoted and "“依据是【依据】。”" in quoted
    assert f"有 {page.count('note-place')} 处请看一眼" in page


def test_no_words_are_not_checked(cast, play, desk_of):
    play.until("handling")
    response = desk_of(cast.handler).post(f"cases/{play.case.number}/answer-findings/", words=" ")
    assert response.status_code == 200
    assert text_of(response).strip() == ""


@pytest.mark.parametrize("path", ["draft", "answer-findings"])
def test_who_does_not_answer_it_gets_none(cast, play, desk_of, path):
    play.until("handling")
    number = play.case.number
    assert desk_of(cast.tang).post(f"cases/{number}/{path}/").status_code == 404
    assert desk_of(cast.acceptor).post(f"cases/{number}/{path}/").status_code == 403
    assert desk_of(cast.handler).get(f"cases/{number}/{path}/").status_code == 405


def test_what_stands_in_rows_of_its_own_is_not_missed_in_the_words(cast, play, desk_of):
    play.until("handling")
    desk, path = desk_of(cast.handler), f"cases/{play.case.number}/answer-findings/"
    words = "您好，您反映的问题已收悉，已转办相关部门。"
    alone = text_of(desk.post(path, words=words))
    rows = {"basis": "市容条例", "contact": "环卫所", "happened_at": "2026-11-20T09:00"}
    beside = text_of(desk.post(path, words=words, **rows))
    for lacking in ("没有依据", "没有联系人", "没有时间"):
        assert lacking in alone and lacking not in beside
    assert "没有说结果" in beside


def test_only_what_is_certain_is_filled_into_a_draft(cast):
    text = "您反映的【什么事】收到了。\n由【承办单位】在【日期】前办。\n请联系【承办单位】，电话【联系电话】。"
    known = {"matter": "暴露垃圾", "unit": "环卫所", "date": "11 月 22 日", "contact": ""}
    assert filled(text, known) == (
        "您反映的暴露垃圾收到了。\n由【承办单位】在【日期】前办。\n请联系环卫所，电话【联系电话】。"
    )
    assert filled("", known) == ""
