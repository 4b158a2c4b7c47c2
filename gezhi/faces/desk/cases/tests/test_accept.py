"""受理: the class found by words, the advice shown, the typed text never lost."""

import re

from gezhi.faces.desk.cases.deeds.classes import by_code
from gezhi.faces.desk.conftest import text_of
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock


def _fields(**changes):
    return {
        "class_code": "event-0102",
        "kind": "complaint",
        "urgency": "ordinary",
        "public_summary": "桐花苑有暴露垃圾",
    } | changes


def test_the_form_stands_in_the_page_of_the_case(cast, play, desk_of):
    play.until("reported")
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/accept/"))
    assert "<html" in page
    assert 'name="deed_key"' in page
    assert f'name="version" value="{play.case.version}"' in page
    assert "单元门口堆了两袋建筑垃圾" in page


def test_accepting_settles_class_kind_and_summary(cast, play, desk_of):
    play.until("reported")
    response = desk_of(cast.acceptor).deed(play, "accept", **_fields())
    assert response.status_code == 303
    case = play.case
    assert (case.state, case.class_code, case.kind) == ("accepted", "event-0102", "complaint")
    assert case.public_summary == "桐花苑有暴露垃圾"
    assert case.summary_approved_by == cast.acceptor.user_id
    after = text_of(desk_of(cast.acceptor).get(f"cases/{case.number}/"))
    assert "待派单" in after


def test_words_that_fit_one_class_are_enough(cast, play, desk_of):
    play.until("reported")
    fields = _fields(class_code="", class_words="暴露垃圾")
    assert desk_of(cast.acceptor).deed(play, "accept", **fields).status_code == 303
    assert play.case.class_code == "event-0102"


def test_words_that_fit_several_are_asked_back_with_the_choices(cast, play, desk_of):
    play.until("reported")
    fields = _fields(class_code="", class_words="垃圾", words="我的备注")
    response = desk_of(cast.acceptor).deed(play, "accept", **fields)
    page = text_of(response)
    assert response.status_code == 422
    assert "有几个类别都像，请点选一个" in page
    assert 'value="event-0102"' in page
    assert "我的备注" in page
    assert play.case.state == "reported"


def test_no_class_at_all_is_asked_for(cast, play, desk_of):
    play.until("reported")
    response = desk_of(cast.acceptor).deed(play, "accept", **_fields(class_code=""))
    assert response.status_code == 422
    assert "请选一个最接近的类别" in text_of(response)


def test_an_unknown_class_is_refused_and_nothing_is_lost(cast, play, desk_of):
    play.until("reported")
    fields = _fields(class_code="event-9999", public_summary="我写的摘要")
    response = desk_of(cast.acceptor).deed(play, "accept", **fields)
    assert response.status_code == 422
    assert "我写的摘要" in text_of(response)
    assert play.case.state == "reported"


def test_looking_for_a_class_without_script_does_nothing_else(cast, play, desk_of):
    play.until("reported")
    fields = _fields(class_code="", class_words="暴露", words="还没写完", look="class")
    response = desk_of(cast.acceptor).deed(play, "accept", **fields)
    page = text_of(response)
    assert response.status_code == 200
    assert "暴露垃圾" in page
    assert "还没写完" in page
    assert play.case.state == "reported"


def test_the_limit_of_the_class_is_shown(cast, play, desk_of):
    play.report(class_code="event-0102")
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/accept/"))
    # Nobody is named to handle it: whose hours count is not known yet.
    assert "办理时限 4 个工作时" in page and "现在派出就是" not in page


def test_the_due_time_said_before_is_the_one_the_unit_gets(cast, play, list_duty, desk_of):
    play.report(class_code="event-0102")
    cast.street.sanitation.hours = [["07:00", "11:00"], ["12:00", "22:00"]]
    cast.street.sanitation.save()
    list_duty()
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/accept/"))
    assert "现在派出就是 今天 15:00 前" in page
    play.accept(class_code="event-0102").dispatch()
    due = play.case.assignments.get().due_at
    assert clock.local(due).strftime("%H:%M") == "15:00"


def test_the_same_key_again_is_the_same_answer(cast, play, desk_of):
    play.until("reported")
    desk = desk_of(cast.acceptor)
    fields = _fields(deed_key="one-press-two-sends", version=play.case.version)
    first = desk.deed(play, "accept", **fields)
    again = desk.deed(play, "accept", **fields)
    assert (first.status_code, again.status_code) == (303, 303)
    assert play.case.steps.filter(deed="accept").count() == 1


def test_htmx_gets_the_case_after_and_the_list_without_it(cast, play, desk_of):
    play.until("reported")
    response = desk_of(cast.acceptor).deed(
        play, "accept", into="case", query="?queue=accepting", **_fields()
    )
    page = text_of(response)
    number = play.case.number
    assert response.status_code == 200
    assert response.headers["HX-Push-Url"] == f"/desk/cases/{number}/?queue=accepting"
    assert "已受理，等待派单" in page
    assert f'<li id="row-{number}" hx-swap-oob="delete">' in page
    assert 'hx-swap-oob="innerHTML:.rail"' in page


def test_who_may_not_accept_is_told_who_can(cast, play, desk_of):
    play.until("reported")
    response = desk_of(cast.dispatcher).get(f"cases/{play.case.number}/accept/")
    page = text_of(response)
    assert response.status_code == 403
    assert "受理立案由持有单位的受理员来做" in page
    assert f"可以找：{cast.acceptor.name}" in page


def test_a_post_without_the_right_changes_nothing(cast, play, desk_of):
    play.until("reported")
    response = desk_of(cast.dispatcher).deed(play, "accept", **_fields(public_summary="写好的"))
    assert response.status_code == 403
    assert "写好的" in text_of(response)
    assert play.case.state == "reported"
    assert desk_of(cast.he).deed(play, "accept", **_fields()).status_code == 404


def test_too_late_says_where_it_stands(cast, play, desk_of):
    play.until("dispatched")
    response = desk_of(cast.acceptor).get(f"cases/{play.case.number}/accept/")
    assert response.status_code == 409
    assert "现在不能受理立案：这件事是“待接单”。" in text_of(response)


def test_a_family_of_classes_cannot_be_chosen(cast, play, desk_of):
    parent = next(row.code for row in codes.terms("matters") if not row.parent_code)
    assert by_code(parent) is None


def test_with_a_class_named_one_press_accepts_as_advised(cast, play, desk_of):
    play.report(class_code="event-0102", kind="complaint")
    desk = desk_of(cast.acceptor)
    page = text_of(desk.get(f"cases/{play.case.number}/"))
    bar = page.split("deed-bar")[1]
    assert "系统建议" in page
    assert "因为：上报时选的就是这一类" in page
    assert "按建议受理" in bar
    assert "改了再受理" in bar
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', bar.split("</form>")[0]))
    assert desk.post(f"cases/{play.case.number}/accept/", **fields).status_code == 303
    assert (play.case.state, play.case.class_code) == ("accepted", "event-0102")


def test_without_a_class_nothing_is_advised(cast, play, desk_of):
    play.until("reported")
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/"))
    assert "系统建议" not in page
    assert "按建议受理" not in page


def test_a_confidential_case_has_no_summary_for_neighbors(cast, play, desk_of):
    play.report(confidential=True)
    desk = desk_of(cast.acceptor)
    assert "public_summary" not in text_of(desk.get(f"cases/{play.case.number}/accept/"))
    assert "/summarize/" not in text_of(desk.get(f"cases/{play.case.number}/"))
    refused = desk.deed(play, "summarize", public_summary="谁家的事")
    assert refused.status_code == 422 and "保密的事不写公开摘要" in text_of(refused)
    fields = {"class_code": "event-0102", "kind": "complaint", "public_summary": "谁家的事"}
    assert desk.deed(play, "accept", **fields).status_code == 303
    assert play.case.public_summary == ""
