"""派单: the duty list suggests and is quoted; the due time is shown before it is sent."""

import re

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import actions as duties
from gezhi.records.units import actions as units
from gezhi.work.cases.actions import PrecedentAsked
from gezhi.work.cases.tests.playing import Play

BASIS = "城市市容和环境卫生管理条例 第三十二条"


@pytest.fixture
def duty(cast, list_duty):
    """Exposed rubbish is led by the sanitation office, the community assists."""
    return list_duty(assist_units=[cast.street.office], legal_basis=BASIS)


@pytest.fixture
def accepted(play):
    """A case of exposed rubbish waiting to be sent."""
    return play.report().accept(class_code="event-0102")


def test_the_duty_list_suggests_with_its_legal_basis(cast, duty, accepted, desk_of):
    page = text_of(desk_of(cast.dispatcher).get(f"cases/{accepted.case.number}/dispatch/"))
    assert "权责清单：由 桐花街道环卫所 牵头" in page
    assert BASIS in page
    assert f'<option value="{cast.street.sanitation.pk}" selected>' in page
    assert f'value="{cast.street.office.pk}"' in page
    assert "4 个工作时，现在派出就是 今天 15:00 前" in page


def test_without_a_duty_it_says_so(cast, accepted, desk_of):
    page = text_of(desk_of(cast.dispatcher).get(f"cases/{accepted.case.number}/dispatch/"))
    assert "派单规则和权责清单里没有这一类" in page


def test_lead_and_assisting_units_are_sent(cast, duty, accepted, desk_of):
    response = desk_of(cast.dispatcher).deed(
        accepted,
        "dispatch",
        lead_unit_id=cast.street.sanitation.pk,
        assist_unit_ids=[cast.street.office.pk, cast.street.property_firm.pk],
        words="今天清完",
    )
    assert response.status_code == 303
    assert accepted.case.holder == cast.street.sanitation
    sent = accepted.case.assignments.order_by("part").values_list("part", flat=True)
    assert list(sent) == ["assist", "assist", "lead"]
    assert accepted.case.assignments.get(part="lead").duty == duty


def test_no_unit_or_the_same_twice_comes_back(cast, accepted, desk_of):
    desk = desk_of(cast.dispatcher)
    none = desk.deed(accepted, "dispatch", lead_unit_id="", words="先写好的话")
    assert none.status_code == 422
    assert "先写好的话" in text_of(none)
    unit = cast.street.sanitation.pk
    twice = desk.deed(accepted, "dispatch", lead_unit_id=unit, assist_unit_ids=[unit])
    assert twice.status_code == 422
    assert "主办单位不能同时是协办单位" in text_of(twice)
    assert accepted.case.state == "accepted"


def test_a_closed_unit_is_neither_offered_nor_taken(cast, accepted, desk_of):
    street = cast.street
    units.mark_closed(street.water, street.centre, by=Viewer.system("handover", street.district.pk))
    desk = desk_of(cast.dispatcher)
    page = text_of(desk.get(f"cases/{accepted.case.number}/dispatch/"))
    assert f'value="{street.water.pk}"' not in page
    response = desk.deed(accepted, "dispatch", lead_unit_id=street.water.pk)
    assert response.status_code == 422
    assert accepted.case.state == "accepted"


def test_the_acceptor_does_not_send(cast, accepted, desk_of):
    response = desk_of(cast.acceptor).deed(
        accepted, "dispatch", lead_unit_id=cast.street.sanitation.pk
    )
    assert response.status_code == 403
    assert f"可以找：{cast.dispatcher.name}" in text_of(response)


def test_another_unit_than_the_duty_lists_is_named_quietly(cast, duty, accepted, desk_of):
    form = f"cases/{accepted.case.number}/dispatch/"
    desk = desk_of(cast.dispatcher)
    said = "照规则和清单，这类事归桐花街道环卫所"
    assert said not in text_of(desk.get(form))
    assert said not in text_of(desk.get(form, lead_unit_id=cast.street.sanitation.pk))
    assert said in text_of(desk.get(form, lead_unit_id=cast.street.property_firm.pk))


@pytest.fixture
def rule(cast):
    """Exposed rubbish is led by the water company, and the community is waited for."""
    by = cast.system_administrator.viewer
    wanted = duties.RouteWanted(
        name="暴露垃圾归自来水",
        order=10,
        area_id=cast.street.street.pk,
        lead_unit=cast.street.water,
        class_code="event-0102",
        assists=[(cast.street.office, True), (cast.street.property_firm, False)],
        legal_basis="街道办公会纪要",
    )
    row = duties.draft_route(wanted=wanted, by=by)
    return duties.enact_routes(route_ids=[row.pk], by=by)[0]


def test_a_rule_goes_before_the_list_and_its_units_stand_chosen(
    cast, duty, rule, accepted, desk_of
):
    page = text_of(desk_of(cast.dispatcher).get(f"cases/{accepted.case.number}/dispatch/"))
    assert "派单规则：由 青溪自来水公司 主办" in page
    assert "第 10 条“暴露垃圾归自来水”：桐花街道的暴露垃圾 → 青溪自来水公司主办" in page
    assert "依据：街道办公会纪要" in page
    assert f'<option value="{cast.street.water.pk}" selected>' in page
    assert "权责清单：由" not in page
    chosen = re.findall(r'name="(\w+)" value="(\d+)"[^>]*checked', page)
    assert sorted(chosen) == sorted(
        [
            ("assist_unit_ids", str(cast.street.office.pk)),
            ("assist_unit_ids", str(cast.street.property_firm.pk)),
            ("awaited_unit_ids", str(cast.street.office.pk)),
        ]
    )


def test_what_a_rule_sent_cites_the_basis_of_the_rule_and_not_the_list(
    cast, duty, rule, accepted, desk_of
):
    accepted.dispatch(lead_unit_id=cast.street.water.pk)
    sent = accepted.case.assignments.get(part="lead")
    assert sent.duty is None
    page = text_of(desk_of(cast.dispatcher).get(f"cases/{accepted.case.number}/"))
    assert "依据：街道办公会纪要" in page and BASIS not in page


def test_what_was_sent_elsewhere_than_the_rule_says_cites_the_list(
    cast, duty, rule, accepted, desk_of
):
    accepted.dispatch(lead_unit_id=duty.lead_unit_id)
    assert accepted.case.assignments.get(part="lead").duty == duty
    page = text_of(desk_of(cast.dispatcher).get(f"cases/{accepted.case.number}/"))
    assert "依据：街道办公会纪要" not in page and BASIS in page


def test_another_unit_than_the_rules_is_named_quietly(cast, rule, accepted, desk_of):
    form = f"cases/{accepted.case.number}/dispatch/"
    said = "照规则和清单，这类事归青溪自来水公司"
    page = desk_of(cast.dispatcher).get(form, lead_unit_id=cast.street.sanitation.pk)
    assert said in text_of(page)


def test_what_was_done_lately_here_is_one_line(cast, play, accepted, desk_of):
    desk = desk_of(cast.dispatcher)
    form = f"cases/{accepted.case.number}/dispatch/"
    assert "这里最近办完的" not in text_of(desk.get(form))
    before = Play(cast).report().accept(class_code="event-0102").dispatch()
    before.take().finish().check().close()
    said = "这里最近办完的 1 件同类事，1 件是它办的，最近一次 11月23日"
    assert said in text_of(desk.get(form))


def test_what_was_ruled_of_such_a_matter_is_one_line(cast, desk_of):
    kept = PrecedentAsked(cast.street.street.pk, "门口道路上的垃圾")
    ruled = Play(cast).disputed().rule(precedent=kept)
    later = Play(cast).report().accept(class_code=ruled.case.class_code)
    page = text_of(desk_of(cast.dispatcher).get(f"cases/{later.case.number}/dispatch/"))
    assert "桐花街道的“门口道路上的垃圾”裁决过归它：" in page


def _ruled(cast, kept):
    """Exposed rubbish that two units returned is the sanitation office's, says the chief."""
    play = Play(cast).report().accept(class_code="event-0102").dispatch().give_back()
    play.dispatch(lead_unit_id=cast.street.water.pk).give_back(cast.tang.viewer)
    play.rule(precedent=kept)


def test_a_like_precedent_goes_before_rule_and_list_and_its_unit_stands_chosen(cast, rule, desk_of):
    """The rule gives the class to the water company; the chief ruled it is the sanitation office's."""
    kept = PrecedentAsked(cast.street.street.pk, "门口堆的建筑垃圾")
    _ruled(cast, kept)
    later = Play(cast).report(text="门口又堆了建筑垃圾").accept(class_code="event-0102")
    desk, form = desk_of(cast.dispatcher), f"cases/{later.case.number}/dispatch/"
    page = text_of(desk.get(form))
    heading = page.partition('<div class="advice">')[2].partition("</h2>")[0]
    assert f"先例：裁决过归 {cast.street.sanitation.name}" in heading
    assert f'<option value="{cast.street.sanitation.pk}" selected>' in page
    other = text_of(desk.get(form, lead_unit_id=cast.street.water.pk))
    assert f"这类事裁决过归{cast.street.sanitation.name}" in other


def test_a_precedent_in_other_words_leaves_the_rule_first(cast, rule, desk_of):
    kept = PrecedentAsked(cast.street.street.pk, "河堤栏杆缺损")
    _ruled(cast, kept)
    later = Play(cast).report(text="门口又堆了建筑垃圾").accept(class_code="event-0102")
    page = text_of(desk_of(cast.dispatcher).get(f"cases/{later.case.number}/dispatch/"))
    heading = page.partition('<div class="advice">')[2].partition("</h2>")[0]
    assert "派单规则" in heading and "先例" not in heading
    assert f'<option value="{cast.street.water.pk}" selected>' in page
    assert "裁决过归" in page


def test_a_unit_without_accounts_says_that_it_is_given_a_link(cast, play, desk_of):
    play.report().accept()
    page = text_of(desk_of(cast.dispatcher).get(f"cases/{play.case.number}/dispatch/"))
    firm, water = cast.street.property_firm.name, cast.street.water.name
    # As the lead, among those that assist, and among those that are waited for.
    assert page.count(f"{firm}（没有账号，发链接）") == 3
    assert f"{water}（没有账号" not in page


def test_a_confidential_case_is_offered_no_link(cast, play, desk_of):
    play.report(confidential=True).accept()
    page = text_of(desk_of(cast.dispatcher).get(f"cases/{play.case.number}/dispatch/"))
    assert f"{cast.street.property_firm.name}（没有账号，保密的事不能用链接）" in page
