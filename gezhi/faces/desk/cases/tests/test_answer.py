"""直接答复: questions only, words from a template, no gap left open."""

from gezhi.faces.desk.conftest import text_of


def test_a_question_is_answered_and_closed(cast, play, desk_of):
    play.report(kind="consult", text="助餐怎么申请？")
    desk = desk_of(cast.acceptor)
    page = text_of(desk.get(f"cases/{play.case.number}/"))
    assert 'class="button main" href="/desk/cases/' in page
    assert "直接答复" in page.split("deed-bar")[1].split("</a>")[0]
    response = desk.deed(play, "answer", words="带身份证到社区服务站就能办。")
    assert response.status_code == 303
    assert play.case.state == "closed"


def test_templates_are_there_with_what_the_case_knows(cast, play, desk_of):
    play.report(kind="consult")
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/answer/"))
    assert "办事指引" in page
    assert "【处理结果】" in page
    assert "{result}" not in page


def test_only_questions_can_be_answered(cast, play, desk_of):
    play.report(kind="complaint")
    desk = desk_of(cast.acceptor)
    assert "/answer/" not in text_of(desk.get(f"cases/{play.case.number}/"))
    shown = desk.get(f"cases/{play.case.number}/answer/")
    assert shown.status_code == 409
    assert "诉求类型选成咨询" in text_of(shown)
    response = desk.deed(play, "answer", words="答复")
    assert response.status_code == 422
    assert "只有咨询可以直接答复" in text_of(response)
    assert play.case.state == "reported"
