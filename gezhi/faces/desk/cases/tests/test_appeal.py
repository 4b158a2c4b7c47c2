"""申诉, 申诉裁定, 剔除, 恢复计入, 强制结案 at the desk."""

from gezhi.faces.desk.conftest import text_of
from gezhi.work.cases import actions
from gezhi.work.cases.models import Appeal, Assignment, Exclusion, StageRow
from gezhi.work.cases.rules import State


def test_a_unit_appeals_what_was_late(cast, play, desk_of):
    play.late()
    form = text_of(desk_of(cast.handler).get(f"cases/{play.case.number}/appeal/"))
    assert "办理超时" in form
    stage = StageRow.objects.get(case=play.case, stage="handling")
    desk_of(cast.handler).deed(play, "appeal", counted=f"stage-{stage.pk}", words="连续暴雨")
    assert Appeal.objects.get().stage_id == stage.pk
    assert "申诉中" in text_of(desk_of(cast.handler).get(f"cases/{play.case.number}/"))


def test_an_appeal_waits_in_the_chiefs_queue_even_after_the_end(cast, play, desk_of):
    play.late().appeal().check().close()
    page = text_of(desk_of(cast.supervisor).get("queues/appeals/"))
    assert play.case.number in page
    assert "queues/appeals" not in text_of(desk_of(cast.dispatcher).get(""))


def test_the_chief_reads_what_is_appealed_and_decides(cast, play, desk_of):
    play.late().appeal()
    desk = desk_of(cast.supervisor)
    form = text_of(desk.get(f"cases/{play.case.number}/decide/"))
    assert "连续暴雨，无法施工" in form
    desk.deed(play, "decide", answer="yes", reason_code="force_majeure", words="气象台有记录")
    assert Exclusion.objects.get().reason_code == "force_majeure"
    page = text_of(desk.get(f"cases/{play.case.number}/"))
    assert "成立，不计入考核" in page
    assert "有剔除" in page


def test_a_grant_without_a_reason_comes_back_with_what_was_typed(cast, play, desk_of):
    play.late().appeal()
    response = desk_of(cast.supervisor).deed(
        play, "decide", answer="yes", reason_code="", words="气象台有记录"
    )
    assert response.status_code == 422
    assert "气象台有记录" in text_of(response)
    assert not Exclusion.objects.exists()


def test_the_chief_leaves_out_and_takes_back(cast, play, desk_of):
    play.until("closed")
    desk = desk_of(cast.supervisor)
    assert "整件事" in text_of(desk.get(f"cases/{play.case.number}/exclude/"))
    desk.deed(play, "exclude", counted="case", reason_code="malicious", words="经会审")
    left_out = Exclusion.objects.get()
    assert "整件事：恶意诉求" in text_of(desk.get(f"cases/{play.case.number}/include/"))
    desk.deed(play, "include", exclusion_id=left_out.pk, words="应当计入")
    left_out.refresh_from_db()
    assert left_out.included_at


def test_the_chief_ends_by_force_and_the_reporter_reads_why(cast, play, desk_of, client):
    play.until("handling")
    desk_of(cast.supervisor).deed(
        play, "force_close", reason_code="owners_refuse", words="产权人不同意，依法只能协商"
    )
    assert play.case.state == State.CLOSED
    number, code = play.receipt.number, play.receipt.code
    page = client.get(f"/r/{number}/{code}").content.decode()
    assert "产权人不同意，依法只能协商" in page


def test_a_score_is_appealed_and_set_anew_in_the_browser(cast, play, desk_of):
    play.until("handling").whistle()
    play.do(actions.arrive, cast.tang.viewer, words="两人到了")
    scores = {cast.street.water.pk: 2}
    play.do(actions.score, cast.wang.viewer, scores=scores, words="来得晚")
    unit = desk_of(cast.tang)
    assert "评分 2 分" in text_of(unit.get(f"cases/{play.case.number}/appeal/"))
    call = Assignment.objects.get(part="called")
    unit.deed(play, "appeal", counted=f"score-{call.pk}", words="按时到的，有照片")
    chief = desk_of(cast.supervisor)
    assert play.case.number in text_of(chief.get("queues/appeals/"))
    form = text_of(chief.get(f"cases/{play.case.number}/decide/"))
    assert "成立，改分数" in form and "按时到的，有照片" in form and "剔除的理由" not in form
    refused = chief.deed(play, "decide", answer="yes", score="", words="看了照片")
    assert refused.status_code == 422 and "请选择改成几分" in text_of(refused)
    chief.deed(play, "decide", answer="yes", score="4", words="看了照片")
    page = text_of(unit.get(f"cases/{play.case.number}/"))
    assert "扣分" in page and "成立，2 分改为 4 分" in page


def test_the_chief_who_scored_reads_who_decides_instead_and_the_leader_does(cast, play, desk_of):
    play.scored(2, by=cast.supervisor.viewer).appeal_score()
    chief, leader = desk_of(cast.supervisor), desk_of(cast.wang)
    page = text_of(chief.get(f"cases/{play.case.number}/"))
    assert "您打的分您不能裁定：请由别的值班长或领导裁定" in page
    assert f"cases/{play.case.number}/decide/" not in page
    assert play.case.number in text_of(leader.get("queues/appeals/"))
    done = leader.deed(play, "decide", answer="yes", score="4", words="看了照片")
    assert done.status_code == 303
    assert play.case.assignments.get(part="called").score == 4


def test_what_scored_it_and_when_it_came_stands_above_the_answer(cast, play, desk_of):
    play.until("handling").whistle()
    play.do(actions.arrive, cast.tang.viewer, words="两人到了")
    scores = {cast.street.water.pk: 2}
    play.do(actions.score, cast.wang.viewer, scores=scores, words="来得晚")
    call = Assignment.objects.get(part="called")
    desk_of(cast.tang).deed(play, "appeal", counted=f"score-{call.pk}", words="按时到的")
    form = text_of(desk_of(cast.supervisor).get(f"cases/{play.case.number}/decide/"))
    form = form.split('id="deed"')[1].split('name="answer"')[0]
    for said in ("来得晚", "两人到了", cast.wang.name, cast.tang.name, "几点前到"):
        assert said in form


def test_the_limit_that_was_late_stands_above_the_answer(cast, play, desk_of):
    play.late().appeal()
    form = text_of(desk_of(cast.supervisor).get(f"cases/{play.case.number}/decide/"))
    form = form.split('id="deed"')[1].split('name="answer"')[0]
    for said in ("起算", "到期", "超时"):
        assert said in form
