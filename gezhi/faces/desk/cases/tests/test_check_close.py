"""核查 and 结案: by others than those who handled it."""

from gezhi.faces.desk.conftest import text_of
from gezhi.work.cases.actions import Contact


def test_the_checker_sees_before_and_after(cast, play, desk_of):
    play.report().accept().dispatch().take()
    play.finish(photos=[play.photo()], before_photos=[play.photo()])
    page = text_of(desk_of(cast.checker).get(f"cases/{play.case.number}/check/"))
    assert "办理前" in page
    assert "办理后" in page
    assert "已派车清运" in page


def test_passed_goes_on_to_closing(cast, play, desk_of, photo):
    play.until("checking")
    response = desk_of(cast.checker).deed(
        play, "check", answer="passed", words="看过了，干净", photos=[photo()]
    )
    assert response.status_code == 303
    assert play.case.check_passed
    assert play.case.attachments.filter(purpose="check").count() == 1


def test_failed_goes_back_with_words(cast, play, desk_of):
    play.until("checking")
    desk = desk_of(cast.checker)
    silent = desk.deed(play, "check", answer="rework")
    assert silent.status_code == 422
    assert desk.deed(play, "check", answer="rework", words="还有一袋").status_code == 303
    assert play.case.state == "handling"
    page = text_of(desk_of(cast.handler).get(f"cases/{play.case.number}/"))
    assert "核查：没有办好，退回返工" in page
    assert "返工 1 次" in page


def test_nothing_chosen_is_asked_back(cast, play, desk_of):
    play.until("checking")
    response = desk_of(cast.checker).deed(play, "check", words="看过")
    assert response.status_code == 422
    assert "看过" in text_of(response)


def test_who_handled_it_is_not_offered_the_check(cast, play, desk_of):
    play.until("checking")
    response = desk_of(cast.handler).deed(play, "check", answer="passed")
    assert response.status_code == 403
    assert play.case.check_passed is False


def test_the_centre_closes_with_words_for_the_reporter(cast, play, desk_of):
    play.until("checked")
    response = desk_of(cast.supervisor).deed(play, "close", words="已经清理，请您看看。")
    assert response.status_code == 303
    assert play.case.state == "closed"
    assert play.case.steps.get(deed="close").words.for_reporter


def test_an_unchecked_case_offers_no_closing(cast, play, desk_of):
    play.until("checking")
    page = text_of(desk_of(cast.supervisor).get(f"cases/{play.case.number}/"))
    assert "/close/" not in page
    response = desk_of(cast.supervisor).deed(play, "close")
    assert response.status_code == 409
    assert play.case.state == "checking"


def test_the_words_of_a_check_say_when_they_are_needed_and_never_that_they_may_be_left(
    cast, play, desk_of
):
    play.until("checking")
    page = text_of(desk_of(cast.checker).get(f"cases/{play.case.number}/check/"))
    assert "看到什么（退回返工时必须写）" in page
    assert "看到什么（退回返工时必须写）<span" not in page


def test_who_left_no_contact_is_not_offered_to_be_reached(cast, play, another, desk_of):
    play.until("checking")
    another.report(contact=Contact())
    assert f"cases/{play.case.number}/contact/" in text_of(
        desk_of(cast.acceptor).get(f"cases/{play.case.number}/")
    )
    assert f"cases/{another.case.number}/contact/" not in text_of(
        desk_of(cast.acceptor).get(f"cases/{another.case.number}/")
    )


def test_whoever_checks_reads_in_the_form_what_the_unit_says_it_did(cast, play, desk_of):
    play.until("handling").finish(words="三袋都清走了，地面冲过")
    page = text_of(desk_of(cast.checker).get(f"cases/{play.case.number}/check/"))
    panel = page.partition('id="deed"')[2]
    assert f"{cast.street.sanitation.name}的办结回复：" in panel
    assert "三袋都清走了，地面冲过" in panel
