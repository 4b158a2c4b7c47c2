"""回访, 重新办理, 联系反映人: with the reporter on the phone."""

import re
from datetime import timedelta

from gezhi.faces.desk.conftest import text_of
from gezhi.kernel import clock
from gezhi.work.cases import actions


def test_a_call_back_is_kept_with_what_they_said(cast, play, desk_of):
    play.until("closed")
    desk = desk_of(cast.acceptor)
    page = text_of(desk.get(f"cases/{play.case.number}/call_back/"))
    assert "看号码打电话" in page
    assert cast.chen.phone not in page
    response = desk.deed(
        play,
        "call_back",
        report=play.receipt.number,
        outcome="reached",
        resolved="solved",
        satisfied="satisfied",
        words="比以前快",
    )
    assert response.status_code == 303
    row = play.report_row
    assert (row.resolved, row.satisfied, row.rated_through) == ("solved", "satisfied", "callback")
    assert "比以前快" in text_of(desk.get(f"cases/{play.case.number}/"))


def test_unsolved_is_handled_again(cast, play, desk_of):
    play.until("closed")
    desk_of(cast.acceptor).deed(
        play,
        "call_back",
        report=play.receipt.number,
        outcome="reached",
        resolved="unsolved",
        words="又堆上了",
    )
    assert (play.case.state, play.case.round) == ("accepted", 2)
    page = text_of(desk_of(cast.dispatcher).get(f"cases/{play.case.number}/"))
    assert "第 2 次办理" in page


def test_nothing_is_satisfied_by_default(cast, play, desk_of):
    play.until("closed")
    response = desk_of(cast.acceptor).deed(play, "call_back", report=play.receipt.number)
    assert response.status_code == 422
    assert play.report_row.resolved == ""


def test_not_reached_is_noted_and_says_nothing_of_them(cast, play, desk_of):
    play.until("closed")
    desk = desk_of(cast.acceptor)
    page = text_of(desk.get(f"cases/{play.case.number}/call_back/"))
    assert "话术" in page and "解决了吗" in page
    refused = desk.deed(
        play, "call_back", report=play.receipt.number, outcome="not_reached", satisfied="satisfied"
    )
    assert refused.status_code == 422 and "不能替他选" in text_of(refused)
    desk.deed(play, "call_back", report=play.receipt.number, outcome="not_reached")
    assert play.report_row.satisfied == ""
    assert "没打通" in text_of(desk.get(f"cases/{play.case.number}/call_back/"))


def test_the_lists_say_whom_to_call_now_later_and_for_the_last_time(cast, play, desk_of):
    desk = desk_of(cast.acceptor)
    assert "现在没有要打的" in text_of(desk.get("callbacks/"))
    play.until("closed")
    page = text_of(desk.get("callbacks/"))
    assert f"/desk/cases/{play.case.number}/call_back/?report={play.receipt.number}" in page
    assert "陈**" in page and cast.chen.phone not in page and cast.chen.name not in page
    desk.deed(play, "call_back", report=play.receipt.number, outcome="not_reached")
    assert play.case.number not in text_of(desk.get("callbacks/"))
    assert "第 2 次" in text_of(desk.get("callbacks/?show=later"))
    clock.advance(timedelta(hours=11, minutes=30))
    # By then the browser is locked.
    late = desk_of(cast.acceptor).get("callbacks/?show=last")
    assert "免打扰时段" in text_of(late)
    assert "现在打" not in text_of(late) and "8 点以后打" in text_of(late)
    assert desk_of(cast.dispatcher).get("callbacks/").status_code == 404


def test_each_of_several_reporters_is_asked(cast, play, desk_of):
    play.until("handling")
    second = actions.join(
        intake=actions.Intake(
            text="我也遇到", channel="web", contact=actions.Contact("刘建军", "13800001234")
        ),
        case=play.case,
        by=play.stranger,
        key="second-report",
    )
    play.finish().check().close()
    desk = desk_of(cast.acceptor)
    page = text_of(desk.get(f"cases/{play.case.number}/call_back/"))
    assert second.number in page
    assert "刘**" in page
    desk.deed(play, "call_back", report=second.number, outcome="reached", resolved="partly")
    assert play.report_row.resolved == ""
    again = text_of(desk.get(f"cases/{play.case.number}/call_back/"))
    assert f'name="report" value="{play.receipt.number}"' in again


def test_a_report_of_another_case_is_refused(cast, play, another, desk_of):
    play.until("closed")
    another.until("closed")
    response = desk_of(cast.acceptor).deed(
        play, "call_back", report=another.receipt.number, outcome="reached", resolved="solved"
    )
    assert response.status_code == 422
    assert another.report_row.resolved == ""


def test_the_centre_reopens_in_their_name(cast, play, desk_of):
    play.until("closed")
    response = desk_of(cast.supervisor).deed(
        play, "reopen", report=play.receipt.number, words="又堆上了两袋"
    )
    assert response.status_code == 303
    assert (play.case.state, play.case.round) == ("accepted", 2)


def test_after_the_days_it_is_a_new_matter(cast, play, desk_of):
    with clock.moved_to(clock.now() - timedelta(days=60)):
        play.until("closed")
    response = desk_of(cast.supervisor).deed(
        play, "reopen", report=play.receipt.number, words="又堆上了"
    )
    assert response.status_code == 409
    assert "请作为新的事情反映" in text_of(response)
    assert "又堆上了" in text_of(response)
    assert play.case.state == "closed"


def test_a_first_contact_is_noted(cast, play, desk_of):
    play.until("reported")
    response = desk_of(cast.acceptor).deed(
        play, "contact", report=play.receipt.number, words="问清了是 1 栋"
    )
    assert response.status_code == 303
    assert play.report_row.first_contact_by == cast.acceptor.user_id


def test_who_cannot_call_back_sees_no_button(cast, play, desk_of):
    play.until("closed")
    page = text_of(desk_of(cast.wang).get(f"cases/{play.case.number}/"))
    assert "/call_back/" not in page
    assert (
        desk_of(cast.wang)
        .deed(play, "call_back", report=play.receipt.number, outcome="refused")
        .status_code
        == 403
    )


def test_in_quiet_hours_nobody_is_offered_to_be_called_now(cast, play, desk_of):
    play.until("closed")
    desk = desk_of(cast.acceptor)
    assert "去回访" in text_of(desk.get("callbacks/"))
    clock.advance(timedelta(hours=11, minutes=30))
    page = text_of(desk_of(cast.acceptor).get("callbacks/"))
    assert play.case.number in page and "08:00" in page
    assert "去回访" not in page and "现在打" not in page


def current(page):
    return re.findall(r'href="([^"]+)"[^>]*aria-current="page"', page)


def test_the_list_stands_in_the_rail_once_and_the_call_stays_at_its_entry(cast, play, desk_of):
    play.until("closed")
    desk = desk_of(cast.acceptor)
    home = text_of(desk.get(""))
    assert "/desk/queues/callback/" in home and "/desk/callbacks/" not in home
    assert "/desk/callbacks/" in text_of(desk.get("queues/callback/"))
    assert "/desk/callbacks/" not in text_of(desk.get("queues/accepting/"))
    listed = text_of(desk.get("callbacks/"))
    assert "/desk/queues/callback/" in current(listed)
    (url,) = set(re.findall(r'href="/desk/(cases/[^"]+call_back/[^"]+)"', listed))
    assert "/desk/queues/callback/" in current(text_of(desk.get(url.replace("&amp;", "&"))))
