"""吹哨报到 at the desks of the street and of a called unit, and the paper for it."""

from datetime import timedelta

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.kernel import clock
from gezhi.work.cases import actions
from gezhi.work.cases.models import Assignment, Whistle


@pytest.fixture
def whistled(play):
    """Handled by the sanitation office; the water company is called to it."""
    return play.until("handling").whistle()


def test_whistled_arrived_and_scored(cast, play, desk_of, photo):
    play.until("handling")
    street = desk_of(cast.dispatcher)
    page = text_of(street.get(f"cases/{play.case.number}/whistle/"))
    assert "综合执法" in page and cast.street.water.name in page
    assert cast.street.centre.name not in page.split('name="unit_ids"')[1].split("due_at")[0]
    answer = street.deed(
        play,
        "whistle",
        kind="enforcement",
        unit_ids=[cast.street.water.pk, cast.street.office.pk],
        due_at="2026-11-23T12:00",
        words="到桐花苑门口一起清",
    )
    assert answer.status_code == 303
    unit = desk_of(cast.tang)
    assert "今天 12:00 前到场报到" in text_of(unit.get("queues/called/"))
    page = text_of(unit.get(f"cases/{play.case.number}/"))
    assert f"街道吹哨叫{cast.street.water.name}到场" in page
    answer = unit.deed(
        play,
        "arrive",
        unit_id=cast.street.water.pk,
        came="yes",
        happened_at="2026-11-23T10:00",
        words="唐文到了",
        photos=photo(),
    )
    assert answer.status_code == 303
    refused = street.deed(
        play, "arrive", unit_id=cast.street.office.pk, came="no", absence="", words="没来"
    )
    assert refused.status_code == 422 and "请选择没到的原因" in text_of(refused)
    answer = street.deed(
        play, "arrive", unit_id=cast.street.office.pk, came="no", absence="no_people", words="没来"
    )
    assert answer.status_code == 303
    page = text_of(street.get(f"cases/{play.case.number}/"))
    assert "没到：人手不够" in page and "吹哨报到" in page
    answer = street.deed(
        play,
        "score",
        **{f"score_{cast.street.water.pk}": 5, f"score_{cast.street.office.pk}": 2},
        words="环卫缺人",
    )
    assert answer.status_code == 303
    assert Whistle.objects.get().ended_at is not None
    scores = Assignment.objects.filter(part="called").order_by("score")
    assert list(scores.values_list("score", flat=True)) == [2, 5]
    page = text_of(street.get(f"cases/{play.case.number}/"))
    assert "吹哨评分：" in page and f"{cast.street.water.name} 5 分" in page


def test_nobody_called_comes_back_to_the_form(cast, play, desk_of):
    play.until("handling")
    answer = desk_of(cast.supervisor).deed(
        play, "whistle", kind="key_work", due_at="2026-11-23T12:00", words="请来"
    )
    assert answer.status_code == 422 and "请来" in text_of(answer)


def test_too_early_to_score_says_who_may_still_come(cast, whistled, desk_of):
    fields = {f"score_{cast.street.water.pk}": 5, "words": "好"}
    refused = desk_of(cast.supervisor).deed(whistled, "score", **fields)
    assert refused.status_code == 409 and "还可能来" in text_of(refused)
    clock.advance(timedelta(hours=3))
    assert desk_of(cast.supervisor).deed(whistled, "score", **fields).status_code == 303


def test_a_unit_that_is_not_called_has_no_such_step(cast, whistled, desk_of):
    assert desk_of(cast.handler).get(f"cases/{whistled.case.number}/arrive/").status_code == 403
    assert desk_of(cast.sun).get(f"cases/{whistled.case.number}/arrive/").status_code == 404


def test_the_paper_holds_who_came(cast, whistled, desk_of):
    address = f"cases/{whistled.case.number}/sheet/whistle/"
    paper = text_of(desk_of(cast.supervisor).get(address))
    for words in ("吹哨报到单", "综合执法", cast.street.water.name, "到场人签字", "还没报到"):
        assert words in paper
    assert desk_of(cast.sun).get(address).status_code == 404


def test_scored_it_still_says_who_came_and_how_many_points(cast, play, desk_of):
    play.scored(2)
    page = text_of(desk_of(cast.supervisor).get(f"cases/{play.case.number}/"))
    part = page.partition('aria-labelledby="whistled"')[2].partition("</section>")[0]
    assert cast.street.water.name in part and "2 分" in part and "打印吹哨报到单" in part


def test_who_did_not_come_is_said_so_and_not_just_ended(cast, play, desk_of):
    play.until("handling").whistle()
    clock.advance(timedelta(days=1))
    scores = {cast.street.water.pk: 1}
    play.do(actions.score, cast.wang.viewer, scores=scores, words="没来")
    page = text_of(desk_of(cast.supervisor).get(f"cases/{play.case.number}/"))
    assert "没到" in page and "已结束" not in page


def test_an_emergency_is_suggested_the_short_limit_whatever_the_case_is(cast, play, desk_of):
    play.until("handling")
    page = text_of(desk_of(cast.dispatcher).get(f"cases/{play.case.number}/whistle/"))
    soon = (clock.local(clock.now()) + timedelta(minutes=30)).strftime("%Y-%m-%dT%H:%M")
    kinds = page.split('name="due_at"')[0]
    assert kinds.count(f'data-due="{soon}"') == 1
    assert "应急处置一般 30 分钟" in page


def test_paper_says_days_by_their_date_and_the_matter_whole(cast, play, desk_of):
    long = "小区东门外面的人行道上从上个星期起一直堆着装修垃圾，" * 3
    play.until("handling", text=long).whistle()
    play.do(actions.arrive, cast.tang.viewer, words="两人到了")
    desk = desk_of(cast.dispatcher)
    for name in ("", "whistle/"):
        paper = text_of(desk.get(f"cases/{play.case.number}/sheet/{name}"))
        assert long.rstrip("，") in paper
        assert not [day for day in ("今天", "昨天", "明天") if day in paper]
    assert "今天" in text_of(desk.get(f"cases/{play.case.number}/"))


def test_on_paper_no_name_and_no_phone_breaks_over_two_lines(cast, play, desk_of):
    play.until("dispatched", text="水管爆了，打 028-0000-1009 没人接")
    paper = text_of(desk_of(cast.dispatcher).get(f"cases/{play.case.number}/sheet/"))
    assert f'<span class="nowrap">{cast.dispatcher.name}</span>' in paper
    assert '<a href="tel:028-0000-1009">' in paper
