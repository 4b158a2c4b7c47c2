"""A returned case says so: tag, reason and claimed unit on top, the refuser never chosen by itself."""

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.kernel.viewer import Viewer
from gezhi.records.units import actions as units
from gezhi.work.cases import actions

SELECTED = '<option value="{}" selected>'


@pytest.fixture
def duty(list_duty):
    """The list names the sanitation office, which will refuse."""
    return list_duty(legal_basis="市容条例 第三十二条")


@pytest.fixture
def refuse(cast, play):
    """`refuse(right=unit)`: the sanitation office returns what it was sent."""

    def refuse(*, right=None, reason="not_our_area", words="这里归物业", duty=None):
        play.do(
            actions.return_to_centre,
            cast.handler.viewer,
            reason_code=reason,
            duty_id=duty.pk if duty else None,
            right_unit_id=right.pk if right else None,
            words=words,
        )
        return play

    return refuse


@pytest.fixture
def sent(play):
    return play.report().accept(class_code="event-0102").dispatch()


def _form(desk, play):
    return text_of(desk.get(f"cases/{play.case.number}/dispatch/"))


def _lead(page):
    """The row of the lead unit without the rest of the page."""
    return page.split('name="lead_unit_id"')[1].split("</select>")[0]


def test_list_head_search_and_home_wear_the_same_tag(cast, sent, refuse, desk_of):
    desk = desk_of(cast.dispatcher)
    assert "退单</span>" not in text_of(desk.get("queues/open/"))
    refuse(right=cast.street.property_firm)
    for path in ("queues/dispatching/", f"cases/{sent.case.number}/", "", "search/?q=建筑垃圾"):
        assert "退单</span>" in text_of(desk.client.get(f"/desk/{path}")), path


def test_the_reason_and_the_claimed_unit_stand_on_top(cast, duty, sent, refuse, desk_of):
    refuse(right=cast.street.property_firm, duty=duty, reason="not_our_duty")
    page = text_of(desk_of(cast.dispatcher).get(f"cases/{sent.case.number}/"))
    top = page.split('class="came-back"')[1].split("反映人说")[0]
    assert "桐花街道环卫所退单：不属于本单位职责" in top
    assert "这里归物业" in top and cast.handler.name in top
    assert cast.street.property_firm.name in top
    assert "暴露垃圾清理：市容条例 第三十二条" in top
    assert page.index('class="came-back"') < page.index('id="said"')


def test_the_claimed_unit_stands_chosen_and_the_refuser_is_marked(
    cast, duty, sent, refuse, desk_of
):
    refuse(right=cast.street.property_firm)
    page = _form(desk_of(cast.dispatcher), sent)
    lead = _lead(page)
    assert SELECTED.format(cast.street.property_firm.pk) in lead
    assert SELECTED.format(cast.street.sanitation.pk) not in lead
    assert "退单时说应由" in lead
    assert "桐花街道环卫所（已退回过）" in lead
    assert "桐花街道环卫所 这一次已退回过" in page
    # Why it came back stands above the form that answers it.
    assert "这里归物业" in page.split('id="deed"')[1]


def test_a_claimed_unit_that_cannot_hold_work_leaves_the_choice_open(
    cast, duty, sent, refuse, desk_of
):
    refuse(right=cast.street.property_firm)
    units.mark_closed(
        cast.street.property_firm,
        cast.street.office,
        by=Viewer.system("test", cast.street.district.pk),
    )
    assert "selected" not in _lead(_form(desk_of(cast.dispatcher), sent)).replace(
        '<option value="" selected>', ""
    )


def test_advice_does_not_name_the_refuser_again(cast, sent, refuse, desk_of, advise):
    street = cast.street
    others = [(str(street.property_firm.pk), 0.2)]
    advise(sent.case, "unit", str(street.sanitation.pk), 0.99, others=others, words=["垃圾"])
    refuse(reason="place_unclear", words="没写哪一栋")
    desk = desk_of(cast.dispatcher)
    form = _form(desk, sent)
    assert SELECTED.format(street.sanitation.pk) not in _lead(form)
    assert "把握大（99%）" not in form
    assert "桐花街道环卫所刚退回过，不再建议" in form
    assert f'data-value="{street.sanitation.pk}"' not in form
    page = text_of(desk.get(f"cases/{sent.case.number}/"))
    assert "桐花街道环卫所刚退回过，不再建议；也可能是桐花苑物业 20%" in page
    assert 'class="spoke"' not in page


def test_the_refuser_is_asked_back_and_can_still_be_meant(cast, sent, refuse, desk_of):
    refuse(reason="place_unclear", words="没写哪一栋")
    desk = desk_of(cast.dispatcher)
    unit = cast.street.sanitation.pk
    asked = desk.deed(sent, "dispatch", lead_unit_id=unit, words="补了楼栋号")
    page = text_of(asked)
    assert asked.status_code == 422 and sent.case.state == "accepted"
    assert "桐花街道环卫所刚退回过这件事" in page and "补了楼栋号" in page
    assert "桐花街道环卫所已退回过，仍派给它" in page
    meant = desk.deed(sent, "dispatch", lead_unit_id=unit, again="on", words="补了楼栋号")
    assert meant.status_code == 303 and sent.case.state == "dispatched"


def test_choosing_a_unit_brings_its_own_due_time_and_the_asking_back(cast, sent, refuse, desk_of):
    refuse(reason="place_unclear", words="没写哪一栋")
    desk = desk_of(cast.dispatcher)
    path = f"cases/{sent.case.number}/dispatch/"
    open_ = text_of(desk.get(path)).split('id="deed-lead"')[1].split("</div>")[0]
    assert "选了单位再按它的工作时间算到期" in open_ and "仍派给它" not in open_
    chosen = desk.get(path, into="deed-lead", lead_unit_id=cast.street.sanitation.pk)
    part = text_of(chosen).split('id="deed-lead"')[1]
    assert "现在派出就是 今天 15:00 前" in part and "仍派给它" in part


def test_the_second_return_says_the_street_decides(cast, sent, refuse, desk_of):
    refuse(right=cast.street.property_firm)
    sent.dispatch()
    refuse(right=cast.street.water)
    page = text_of(desk_of(cast.dispatcher).get(f"cases/{sent.case.number}/"))
    assert "第 2 次退单" in page and "等值班长裁决归哪个单位" in page


def test_sent_on_it_is_no_longer_a_returned_case(cast, sent, refuse, desk_of):
    refuse(right=cast.street.water)
    sent.dispatch(lead_unit_id=cast.street.water.pk)
    page = text_of(desk_of(cast.tang).get(f"cases/{sent.case.number}/"))
    assert 'class="came-back"' not in page
    assert "退单</span>" not in text_of(desk_of(cast.tang).get("queues/taking/"))


def test_a_new_round_forgets_the_refusals_of_the_last(cast, sent, refuse, desk_of):
    refuse(right=cast.street.water)
    sent.dispatch(lead_unit_id=cast.street.sanitation.pk).take().finish().check().close()
    actions.reopen(
        report=sent.report_row, by=sent.stranger, key="round-two-again", words="又堆回来了"
    )
    page = _form(desk_of(cast.dispatcher), sent)
    assert "已退回过" not in page


def test_the_sheet_on_paper_says_it_too(cast, sent, refuse, desk_of):
    refuse(right=cast.street.property_firm)
    page = text_of(desk_of(cast.dispatcher).get(f"cases/{sent.case.number}/sheet/"))
    assert "退单</span>" in page and "应由 桐花苑物业 办" in page
