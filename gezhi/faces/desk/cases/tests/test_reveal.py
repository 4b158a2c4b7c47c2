"""看号码: asked why, recorded, shown once, in no address."""

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.ground.audit.models import Entry


def _path(play):
    return f"cases/{play.case.number}/reports/{play.receipt.number}/contact/"


def _reads():
    return Entry.objects.filter(verb="read.contact")


def test_asking_says_that_it_will_be_recorded_and_opens_nothing(cast, play, desk_of):
    play.until("reported")
    page = text_of(desk_of(cast.acceptor).get(_path(play)))
    assert "这次查看会记下是谁、什么时候、为什么" in page
    assert cast.chen.phone not in page
    assert not _reads().exists()


def test_a_purpose_opens_it_and_is_recorded(cast, play, desk_of):
    play.until("reported")
    response = desk_of(cast.acceptor).post(_path(play), purpose="clarify")
    page = text_of(response)
    assert cast.chen.phone in page
    assert cast.chen.name in page
    assert "已记录这次查看" in page
    entry = _reads().get()
    assert (entry.user_id, entry.purpose) == (cast.acceptor.user_id, "clarify")
    assert cast.chen.phone not in str(entry.detail)


def test_it_is_never_kept_by_the_browser(cast, play, desk_of):
    play.until("reported")
    response = desk_of(cast.acceptor).post(_path(play), purpose="clarify")
    assert "no-store" in response.headers["Cache-Control"]


def test_the_next_page_is_masked_again(cast, play, desk_of):
    play.until("reported")
    desk = desk_of(cast.acceptor)
    desk.post(_path(play), purpose="clarify")
    assert cast.chen.phone not in text_of(desk.get(f"cases/{play.case.number}/"))


def test_another_purpose_needs_words(cast, play, desk_of):
    play.until("reported")
    desk = desk_of(cast.acceptor)
    silent = desk.post(_path(play), purpose="other")
    assert silent.status_code == 422
    assert "请说明为什么要查看联系方式" in text_of(silent)
    assert not _reads().exists()
    told = desk.post(_path(play), purpose="other", purpose_words="送还捡到的钥匙")
    assert cast.chen.phone in text_of(told)


def test_without_a_purpose_nothing_opens(cast, play, desk_of):
    play.until("reported")
    response = desk_of(cast.acceptor).post(_path(play))
    assert response.status_code == 422
    assert cast.chen.phone not in text_of(response)


def test_from_the_call_back_one_line_opens_in_place(cast, play, desk_of):
    play.until("closed")
    part = text_of(
        desk_of(cast.acceptor).post(_path(play), into="contact-deed", purpose="callback")
    )
    assert cast.chen.phone in part
    assert "<section" not in part


def test_without_script_the_form_under_way_stays_as_typed(cast, play, desk_of):
    play.until("closed")
    page = text_of(
        desk_of(cast.acceptor).post(
            _path(play),
            purpose="callback",
            for_deed="call_back",
            report=play.receipt.number,
            resolved="partly",
            words="他说再看看",
        )
    )
    assert cast.chen.phone in page
    assert "他说再看看" in page
    assert 'value="partly"' in page


@pytest.mark.parametrize("name", ["handler", "dispatcher", "wang"])
def test_roles_that_never_call_have_no_such_page(cast, play, desk_of, name):
    play.until("handling")
    desk = desk_of(getattr(cast, name))
    assert desk.get(_path(play)).status_code == 404
    assert desk.post(_path(play), purpose="callback").status_code == 404
    assert not _reads().exists()


def test_a_report_of_another_case_is_not_found(cast, play, another, desk_of):
    play.until("reported")
    another.until("reported")
    path = f"cases/{play.case.number}/reports/{another.receipt.number}/contact/"
    assert desk_of(cast.acceptor).post(path, purpose="callback").status_code == 404
