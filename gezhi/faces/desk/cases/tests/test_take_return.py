"""接单 and 退单 at a unit's desk."""

import pytest

from gezhi.faces.desk.conftest import text_of


@pytest.fixture
def duty(cast, list_duty):
    """Exposed rubbish inside the compound is led by the property firm."""
    return list_duty(
        name="小区内生活垃圾清运",
        area_id=cast.street.community.pk,
        list_kind="joint",
        lead_unit=cast.street.property_firm,
        legal_basis="物业管理条例 第三十五条",
    )


@pytest.fixture
def sent(play):
    """A case the sanitation office was sent and has not taken."""
    return play.report().accept(class_code="event-0102").dispatch()


def test_taking_is_one_press(cast, sent, desk_of):
    desk = desk_of(cast.handler)
    page = text_of(desk.get(f"cases/{sent.case.number}/"))
    bar = page.split("deed-bar")[1]
    assert f'action="/desk/cases/{sent.case.number}/take/"' in bar
    assert desk.deed(sent, "take").status_code == 303
    assert sent.case.state == "handling"


def test_taking_has_a_page_of_its_own_too(cast, sent, desk_of):
    page = text_of(desk_of(cast.handler).get(f"cases/{sent.case.number}/take/"))
    assert "接得晚不会变长" in page


def test_another_unit_cannot_take_it(cast, sent, desk_of):
    assert desk_of(cast.tang).deed(sent, "take").status_code == 404
    assert sent.case.state == "dispatched"


def test_a_return_quotes_the_list_and_names_the_right_unit(cast, duty, sent, desk_of):
    desk = desk_of(cast.handler)
    page = text_of(desk.get(f"cases/{sent.case.number}/return/"))
    assert "小区内生活垃圾清运" in page
    assert "物业管理条例 第三十五条" in page
    response = desk.deed(
        sent, "return", reason_code="not_our_duty", duty_id=duty.pk, words="小区里面归物业"
    )
    assert response.status_code == 303
    assert response.headers["Location"] == "/desk/"
    assert sent.case.state == "accepted"
    back = sent.case.assignments.get()
    assert (back.return_duty, back.return_unit) == (duty, cast.street.property_firm)


def test_a_returned_case_leads_back_to_the_list(cast, sent, desk_of):
    response = desk_of(cast.handler).deed(
        sent,
        "return",
        into="case",
        query="?queue=taking",
        reason_code="place_unclear",
        words="没写哪一栋",
    )
    assert response.headers["HX-Redirect"] == "/desk/queues/taking/"
    # What was typed for it is not put back when the case comes again.
    assert response.headers["Draft-Done"] == f"return-{sent.case.number}"


def test_what_a_reason_needs_is_asked_for_and_words_are_kept(cast, duty, sent, desk_of):
    desk = desk_of(cast.handler)
    response = desk.deed(sent, "return", reason_code="not_our_duty", words="不是我们的")
    page = text_of(response)
    assert response.status_code == 422
    assert "请引用权责清单中的一条" in page
    assert "不是我们的" in page
    silent = desk.deed(sent, "return", reason_code="place_unclear", words="")
    assert silent.status_code == 422
    assert sent.case.state == "dispatched"


def test_the_row_that_says_it_is_ones_own_is_told_and_not_quoted(cast, list_duty, sent, desk_of):
    own = list_duty(name="道路垃圾清扫", lead_unit=cast.street.sanitation)
    desk = desk_of(cast.handler)
    page = text_of(desk.get(f"cases/{sent.case.number}/return/"))
    assert "权责清单“道路垃圾清扫”写的是由本单位牵头" in page
    assert f'name="duty_id" value="{own.pk}"' not in " ".join(page.split())
    units = page.split('name="right_unit_id"')[1].split("</select>")[0]
    assert cast.street.water.name in units and cast.street.sanitation.name not in units
    fields = {"reason_code": "not_our_duty", "words": "这一段归水务"}
    asked = desk.deed(sent, "return", **fields)
    assert asked.status_code == 422 and "请写明应由哪个单位办理" in text_of(asked)
    assert "请引用" not in text_of(asked)
    right = cast.street.water.pk
    assert desk.deed(sent, "return", **fields, right_unit_id=right).status_code == 303
    assert sent.case.state == "accepted"


def test_the_centre_sees_why_it_came_back(cast, duty, sent, desk_of):
    desk_of(cast.handler).deed(
        sent, "return", reason_code="not_our_duty", duty_id=duty.pk, words="小区里面归物业"
    )
    page = text_of(desk_of(cast.dispatcher).get(f"cases/{sent.case.number}/"))
    assert "退单：不属于本单位职责，应由 桐花苑物业 办理" in page
    assert "小区里面归物业" in page


def test_a_return_sent_again_by_a_phone_is_answered_as_the_first_time(cast, sent, desk_of):
    desk = desk_of(cast.handler)
    fields = {
        "deed_key": "one-press-two-sends",
        "version": sent.case.version,
        "reason_code": "place_unclear",
        "words": "看不清在哪",
    }
    first, again = (desk.deed(sent, "return", **fields) for _ in range(2))
    assert (again.status_code, again.headers["Location"]) == (303, first.headers["Location"])
    assert "已退回街道中心重新派单" in text_of(desk.get(""))
    assert sent.case.steps.filter(deed="return").count() == 1


def test_with_other_words_it_says_that_it_was_sent_before(cast, sent, desk_of):
    desk = desk_of(cast.handler)
    fields = {"deed_key": "one-key", "version": sent.case.version, "reason_code": "place_unclear"}
    desk.deed(sent, "return", **fields, words="看不清在哪")
    desk.get("")
    for words in ("是别的话", ""):
        assert desk.deed(sent, "return", **fields, words=words).status_code == 303
        page = text_of(desk.get(""))
        assert "没有再做一次" in page and "已退回" not in page
    assert sent.case.steps.filter(deed="return").count() == 1


def test_a_key_of_somebody_else_opens_no_case(cast, sent, desk_of):
    fields = {"reason_code": "place_unclear", "words": "看不清在哪", "deed_key": "one-key"}
    desk_of(cast.handler).deed(sent, "return", **fields)
    assert desk_of(cast.tang).deed(sent, "return", **fields).status_code == 404
    assert desk_of(cast.handler).deed(sent, "take", deed_key="another").status_code == 404


def test_no_two_rows_of_a_return_are_called_almost_the_same(cast, play, desk_of):
    play.until("dispatched")
    page = text_of(desk_of(cast.handler).get(f"cases/{play.case.number}/return/"))
    assert page.count("退单理由") == 1
    assert "退单的理由" not in page
    assert ">说明</label>" in page
