"""A case on the phone: its deed, its story, what goes to the group."""

from gezhi.ground.codes import queries as codes
from gezhi.work.cases import actions
from gezhi.work.cases.models import CaseWords
from gezhi.work.cases.tests.playing import a_class

TEXT = "单元门口堆了两袋建筑垃圾"


def url(play, deed=""):
    return f"/pocket/cases/{play.receipt.case_number}/{deed}"


def test_the_deed_the_worker_came_for_is_the_one_main_button(cast, phone, play):
    play.report().do(actions.ask, cast.acceptor.viewer)
    page = phone.get(url(play)).content.decode()
    assert "去核实" in page
    assert page.count("button main") == 1


def test_without_a_deed_there_is_only_the_story(phone, play):
    play.report().accept().dispatch()
    page = phone.get(url(play)).content.decode()
    assert TEXT in page
    assert "派给承办单位" in page
    assert "button main" not in page


def test_to_the_next_grid_it_does_not_exist(next_phone, play):
    play.until("checking")
    nothing = next_phone.get("/pocket/cases/519901202611239999999/")
    for deed in ("", "check/", "verify/", "spot/"):
        answer = next_phone.get(url(play, deed))
        assert (answer.status_code, nothing.status_code) == (404, 404)
        assert TEXT not in answer.content.decode()
        assert next_phone.post(url(play, deed)).status_code in (404, 405)


def test_the_group_gets_no_words_of_the_reporter_and_no_name(cast, phone, play):
    play.report()
    page = phone.get(f"{url(play)}group-text/").content.decode()
    for_group = page.split('id="group-words"')[1].split("</textarea>")[0]
    assert "【格治】" in for_group
    for secret in (TEXT, cast.chen.name, cast.chen.phone, "1栋门口", play.receipt.case_number):
        assert secret not in for_group


def test_the_worker_reads_no_name_and_no_phone_of_the_reporter(cast, phone, play):
    play.report()
    page = phone.get(url(play)).content.decode()
    assert cast.chen.name not in page
    assert cast.chen.phone not in page


def test_a_matter_whose_words_were_erased_is_called_by_its_class(phone, play):
    code = a_class(intake="community")
    play.report(class_code=code)
    CaseWords.objects.update(title="")
    class_term = codes.term("matters", code)
    assert class_term is not None
    assert f"<h2>{class_term.name}</h2>" in phone.get(url(play)).content.decode()
