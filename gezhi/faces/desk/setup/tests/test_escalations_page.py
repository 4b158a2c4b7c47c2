"""When a level hands up what is late: read by all staff, changed in the browser, for what comes."""

import re
from datetime import timedelta

import pytest

from gezhi.ground.codes import queries
from gezhi.kernel import clock
from gezhi.kernel.workdays import Limit, LimitUnit
from gezhi.work.cases import actions
from gezhi.work.cases.escalating import escalate_late

LIMITS = "/desk/setup/limits/"
COMMUNITY = "/desk/setup/limits/escalations/community/"


def _filled(**changed):
    pack = queries.pack_holding("escalations")
    assert pack is not None
    return {
        "value_ordinary": "3", "unit_ordinary": "working_days",
        "value_urgent": "2", "unit_urgent": "urgent_hours",
        "value_emergency": "0.5", "unit_emergency": "urgent_hours",
        "reason": "街道办〔2026〕9号", "begins": "", "pack": pack.id, **changed,
    }  # fmt: skip


def _confirmed(**changed):
    return {**_filled(**changed), "confirmed": "yes"}


def _rule(urgency="ordinary"):
    return queries.escalation("community", urgency)


def test_all_staff_read_when_a_level_hands_up_and_only_one_changes_it(client_of, cast, security):
    page = client_of(cast.acceptor).get(LIMITS).content.decode()
    assert "超时升级" in page
    assert "社区 → 街道" in page
    assert COMMUNITY not in page
    for browser in (client_of(cast.acceptor), security):
        assert browser.get(COMMUNITY).status_code == 404
        assert browser.post(COMMUNITY, _confirmed()).status_code == 404
    assert _rule() == ("community", Limit(1, LimitUnit.WORKING_DAYS))


def test_a_change_is_shown_first_and_then_in_force_and_in_the_history(admin, text_of):
    assert COMMUNITY in text_of(admin.get(LIMITS))
    page = text_of(admin.post(COMMUNITY, _filled()))
    assert "还没有改" in page
    assert re.search(r"社区 → 街道 一般</th>.*1 个工作日</td>.*<strong>3 个工作日</strong>", page)
    assert _rule() == ("community", Limit(1, LimitUnit.WORKING_DAYS))
    assert admin.post(COMMUNITY, _confirmed()).status_code == 303
    assert _rule() == ("community", Limit(3, LimitUnit.WORKING_DAYS))
    history = text_of(admin.get("/desk/setup/enactments/limits/"))
    assert "超时升级 社区 → 街道：1 个工作日 → <strong>3 个工作日</strong>" in history


def test_left_empty_a_level_hands_nothing_up_and_gets_its_rule_back(admin, text_of):
    empty = {"value_ordinary": "", "value_urgent": "", "value_emergency": ""}
    page = text_of(admin.post(COMMUNITY, _filled(**empty)))
    assert "<strong>不升级</strong>" in page
    admin.post(COMMUNITY, _confirmed(**empty))
    assert _rule() is None
    assert _rule("emergency") is None
    assert re.search(r"社区 → 街道</th>\s*<td[^>]*>不升级</td>", text_of(admin.get(LIMITS)))
    assert admin.post(COMMUNITY, _confirmed()).status_code == 303
    assert _rule() == ("community", Limit(3, LimitUnit.WORKING_DAYS))
    assert _rule("urgent") == ("community.urgent", Limit(2, LimitUnit.URGENT_HOURS))


def test_only_what_presses_may_go_up(admin, text_of):
    admin.post(COMMUNITY, _confirmed(value_ordinary="", value_emergency=""))
    assert _rule() is None
    assert _rule("urgent") == ("community.urgent", Limit(2, LimitUnit.URGENT_HOURS))


def test_what_comes_goes_up_by_the_new_rule_and_what_was_here_by_the_old(admin, play):
    """Within the same late days the new case stays with the community."""
    play.until("accepted").dispatch(lead_unit_id=play.cast.street.office.pk)
    play.do(actions.take, play.cast.li.viewer)
    old = play.case
    clock.advance(timedelta(minutes=1))
    admin.post(COMMUNITY, _confirmed(value_ordinary="30"))
    play.report(key="after")
    play.until("accepted").dispatch(lead_unit_id=play.cast.street.office.pk)
    play.do(actions.take, play.cast.li.viewer)
    new = play.case
    assert new.pk != old.pk
    clock.advance(timedelta(days=24))
    assert escalate_late() == 1
    old.refresh_from_db()
    new.refresh_from_db()
    assert old.holder_id == play.cast.street.centre.pk
    assert new.holder_id == play.cast.street.office.pk


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"value_ordinary": "三"}, "请写数字"),
        ({"value_urgent": "0"}, "时限要大于 0"),
        ({"value_ordinary": "1.5"}, "半天请用工作时"),
        ({"reason": ""}, "还没填"),
        ({"value_ordinary": "1"}, "没有要改的"),
    ],
)
def test_nonsense_is_said_on_its_row_and_nothing_typed_is_lost(admin, text_of, changed, said):
    page = text_of(admin.post(COMMUNITY, _confirmed(**changed)), 422)
    assert said in page
    assert 'value="0.5"' in page
    assert _rule() == ("community", Limit(1, LimitUnit.WORKING_DAYS))


@pytest.mark.parametrize("level", ["district", "grid", "community.urgent", "nothing"])
def test_a_level_that_hands_nothing_up_has_no_page(admin, level):
    assert admin.get(f"/desk/setup/limits/escalations/{level}/").status_code == 404
