"""督办 at the desks of the supervisor and the unit, and the paper that is signed."""

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.work.cases.models import Supervision


@pytest.fixture
def handled(play):
    """A case the sanitation office handles."""
    return play.until("handling")


def test_the_form_offers_who_may_supervise_and_a_deadline(cast, handled, desk_of):
    page = text_of(desk_of(cast.wang).get(f"cases/{handled.case.number}/supervise/"))
    choices = page.split('name="supervisor_id"')[1].split("</select>")[0]
    assert cast.supervisor.name in choices and cast.wang.name in choices
    assert cast.dispatcher.name not in choices
    assert 'value="2026-11-25T' in page


def test_supervised_answered_and_discharged(cast, handled, desk_of):
    answer = desk_of(cast.wang).deed(
        handled,
        "supervise",
        supervisor_id=cast.supervisor.user_id,
        due_at="2026-11-25T12:00",
        words="请说明为什么没清",
    )
    assert answer.status_code == 303
    unit = desk_of(cast.handler)
    assert "11 月 25 日 12:00 前答复督办" in text_of(unit.get("queues/supervised/"))
    page = text_of(unit.get(f"cases/{handled.case.number}/"))
    assert "请说明为什么没清" in page and "打印督办单" in page and "还没答复" in page
    assert unit.deed(handled, "report_to_supervisor", words="明天清完").status_code == 303
    desk = desk_of(cast.supervisor)
    page = text_of(desk.get(f"cases/{handled.case.number}/"))
    assert "明天清完" in page
    assert f"督办：{cast.supervisor.name}督办，11 月 25 日 12:00 前答复" in page
    assert desk.deed(handled, "discharge", words="好").status_code == 303
    assert Supervision.objects.get().ended_at is not None


def test_a_deadline_in_the_past_comes_back_with_the_words(cast, handled, desk_of):
    answer = desk_of(cast.supervisor).deed(
        handled,
        "supervise",
        supervisor_id=cast.supervisor.user_id,
        due_at="2026-11-20T12:00",
        words="请说明",
    )
    assert answer.status_code == 422
    assert "期限要晚于现在" in text_of(answer) and "请说明" in text_of(answer)


def test_only_the_named_person_has_the_discharge(cast, handled, desk_of):
    handled.supervise()
    refused = desk_of(cast.wang).get(f"cases/{handled.case.number}/discharge/")
    assert refused.status_code == 403 and "只由点到的督办人" in text_of(refused)


def test_the_paper_holds_what_is_signed(cast, handled, desk_of):
    address = f"cases/{handled.case.number}/sheet/supervision/"
    assert desk_of(cast.supervisor).get(address).status_code == 404
    handled.supervise(words="三天没人清")
    paper = text_of(desk_of(cast.supervisor).get(address))
    for words in ("督办单", "三天没人清", cast.supervisor.name, "承办单位盖章", "还没销号"):
        assert words in paper
    assert desk_of(cast.tang).get(address).status_code == 404


def test_the_answer_that_was_asked_for_stands_right_after_the_main_deed(cast, handled, desk_of):
    handled.supervise()
    page = text_of(desk_of(cast.handler).get(f"cases/{handled.case.number}/"))
    bar = page.partition("deed-bar")[2]
    order = [one.partition('"')[0] for one in bar.split('data-deed="')[1:]]
    assert order[:2] == ["finish", "report_to_supervisor"]
