"""提请裁决, 裁决: the chief's form says who returned it and why, and keeps the ruling for later."""

from gezhi.faces.desk.conftest import text_of
from gezhi.work.cases.models import Precedent, Ruling
from gezhi.work.cases.rules import State


def _ruled(cast, **changes):
    fields = {"unit_id": cast.street.sanitation.pk, "kind": "meeting", "words": "道路由环卫所管"}
    return {**fields, **changes}


def test_the_dispatcher_sees_that_it_waits_and_has_no_button(cast, play, desk_of):
    page = text_of(desk_of(cast.dispatcher).get(f"cases/{play.disputed().case.number}/"))
    assert "等值班长裁决" in page
    assert "待裁决" in page
    assert f"cases/{play.case.number}/dispatch/" not in page


def test_what_waits_stands_in_the_chiefs_queue_alone(cast, play, desk_of):
    number = play.disputed().case.number
    assert number in text_of(desk_of(cast.supervisor).get("queues/ruling/"))
    assert number not in text_of(desk_of(cast.dispatcher).get("queues/dispatching/"))


def test_the_chief_rules_and_keeps_it(cast, play, desk_of):
    play.disputed()
    form = text_of(desk_of(cast.supervisor).get(f"cases/{play.case.number}/rule/"))
    assert "不在我们的管理范围" in form
    assert "退回过" in form
    response = desk_of(cast.supervisor).deed(
        play,
        "rule",
        **_ruled(cast, keeps="on", wording="小区门口道路上的垃圾", area_id=cast.street.street.pk),
    )
    assert response.status_code in (200, 303)
    assert play.case.state == State.DISPATCHED
    assert Ruling.objects.get(case=play.case).kind == "meeting"
    assert Precedent.objects.get().area_id == cast.street.street.pk


def test_what_is_missing_is_asked_for_and_the_words_stay(cast, play, desk_of):
    play.disputed()
    response = desk_of(cast.supervisor).deed(
        play, "rule", **_ruled(cast, unit_id="", keeps="on", words="道路由环卫所管")
    )
    page = text_of(response)
    assert response.status_code == 422
    assert "请写明这类事怎么说" in page
    assert "道路由环卫所管" in page
    assert play.case.state == State.ACCEPTED


def test_one_box_is_all_that_has_to_be_ticked_to_keep_it(cast, play, desk_of):
    play.disputed()
    form = text_of(desk_of(cast.supervisor).get(f"cases/{play.case.number}/rule/"))
    kept = form.partition("opened-by-tick")[2].partition('name="valid_to"')[0]
    assert 'name="keeps"' in kept and 'name="wording"' in kept
    assert "留作派单先例</summary>" not in form


def test_a_confidential_case_is_not_offered_to_be_kept(cast, play, desk_of):
    play.disputed(confidential=True)
    page = text_of(desk_of(cast.supervisor).get(f"cases/{play.case.number}/rule/"))
    assert "裁决并派出" in page
    assert "留作派单先例" not in page


def test_a_dispatcher_asks_for_a_ruling(cast, play, desk_of):
    play.until("dispatched").give_back()
    desk_of(cast.dispatcher).deed(play, "dispute", words="权属说不清")
    assert Ruling.objects.get(case=play.case).disputed_by == cast.dispatcher.user_id
    assert "提请裁决" in text_of(desk_of(cast.supervisor).get(f"cases/{play.case.number}/"))


def test_the_paper_has_room_while_it_waits_and_says_the_ruling_after(cast, play, desk_of):
    number = play.disputed().case.number
    desk = desk_of(cast.supervisor)
    assert f"cases/{number}/sheet/ruling/" in text_of(desk.get(f"cases/{number}/"))
    paper = text_of(desk.get(f"cases/{number}/sheet/ruling/"))
    assert "不在我们的管理范围" in paper and "□ 值班长裁定" in paper
    # Nobody asked for it: the second return of the round did.
    assert "退单到了次数，按规定裁决" in paper
    desk.deed(play, "rule", **_ruled(cast, assist_unit_ids=[cast.street.office.pk]))
    paper = text_of(desk.get(f"cases/{number}/sheet/ruling/"))
    for said in ("会商决定", "道路由环卫所管", cast.street.office.name, cast.supervisor.name):
        assert said in paper
    assert "□" not in paper
    assert f"cases/{number}/sheet/ruling/" in text_of(desk.get(f"cases/{number}/"))


def test_what_was_never_disputed_has_no_such_paper(cast, play, desk_of):
    number = play.until("handling").case.number
    assert desk_of(cast.supervisor).get(f"cases/{number}/sheet/ruling/").status_code == 404
    assert "打印裁决单" not in text_of(desk_of(cast.supervisor).get(f"cases/{number}/"))


def test_the_form_tells_both_returns_and_lets_the_lead_wait_for_who_assists(cast, play, desk_of):
    play.disputed()
    desk = desk_of(cast.supervisor)
    form = text_of(desk.get(f"cases/{play.case.number}/rule/"))
    returned = form.partition('id="deed"')[2].partition('name="unit_id"')[0]
    steps = play.case.steps.filter(deed="return")
    assert steps.count() == 2
    assert returned.count("不在我们的管理范围") == 2
    water = cast.street.water.pk
    sent = _ruled(cast, assist_unit_ids=[water], awaited_unit_ids=[water])
    assert desk.deed(play, "rule", **sent).status_code == 303
    assert play.case.assignments.get(part="assist", unit_id=water).awaited


def test_what_waits_for_a_ruling_says_until_when_it_is_ruled(cast, play, desk_of):
    number = play.disputed().case.number
    page = text_of(desk_of(cast.dispatcher).get(f"cases/{number}/"))
    assert "前裁决" in page and "前派单" not in page.partition("</header>")[0]


def test_whoever_got_it_by_a_ruling_reads_who_ruled_and_why(cast, play, desk_of):
    play.disputed()
    desk_of(cast.supervisor).deed(play, "rule", **_ruled(cast))
    page = text_of(desk_of(cast.handler).get(f"cases/{play.case.number}/"))
    told = page.split('aria-labelledby="ruled"')[1].split("</section>")[0]
    for said in ("道路由环卫所管", cast.supervisor.name, "会商决定", cast.street.sanitation.name):
        assert said in told
