"""删除反映人信息: by receipt number, after asking back; afterwards no page shows a word of it."""

import pytest

from gezhi.work.cases import actions
from gezhi.work.cases.models import Reporter
from gezhi.work.cases.tests.playing import Play, fresh_key

URL = "/desk/setup/erasing/"
WORDS = "金丝雀说的话"
SENT = {"words": "本人到大厅申请", "deed_key": "erasing-page-key-1"}


@pytest.fixture
def play(cast):
    play = Play(cast)
    play.report(text=WORDS, contact=actions.Contact(name="金丝雀", phone="13811112222"))
    actions.add_word(report=play.report_row, by=play.stranger, key=fresh_key(), words=WORDS)
    return play


def pages(play, client_of, cast):
    """Every page that shows this case or its reporter, as those who may open it."""
    number, receipt = play.receipt.case_number, play.receipt
    acceptor, worker = client_of(cast.acceptor), client_of(cast.zhang)
    read = [
        acceptor.get(f"/desk/cases/{number}/"),
        acceptor.get(f"/desk/cases/{number}/sheet/"),
        acceptor.get("/desk/queues/accepting/"),
        acceptor.get(f"/desk/search/?q={WORDS}"),
        acceptor.get("/desk/"),
        worker.get("/pocket/"),
        worker.get(f"/pocket/cases/{number}/"),
        acceptor.get(f"/r/{receipt.number}/{receipt.code}"),
    ]
    return [answer.content.decode() for answer in read]


def test_afterwards_no_page_shows_a_word_or_a_number(security, client_of, cast, play):
    assert sum("金丝雀" in page for page in pages(play, client_of, cast)) >= 5
    answer = security.post(URL, {**SENT, "number": play.receipt.number, "confirmed": "yes"})
    assert answer.status_code == 303
    after = [page.replace(f'value="{WORDS}"', "") for page in pages(play, client_of, cast)]
    after = [page.replace(f"查“{WORDS}”", "") for page in after]
    assert [page for page in after if "金丝雀" in page or "2222" in page] == []
    assert all("<h1" in page for page in after)


def test_it_asks_back_and_shows_counts_and_no_words(security, play, text_of):
    page = text_of(security.post(URL, {**SENT, "number": play.receipt.number}))
    assert "删除，不再恢复" in page
    assert "这件事还在办" in page
    assert "金丝雀" not in page
    assert Reporter.objects.exists()


def test_a_mistyped_number_keeps_what_was_typed(security, play, text_of):
    page = text_of(security.post(URL, {**SENT, "number": "2611239999999"}), 422)
    assert "没有这个受理号" in page
    assert SENT["words"] in page


def test_a_purpose_is_asked_for_on_its_row(security, play, text_of):
    page = text_of(security.post(URL, {"number": play.receipt.number, "words": ""}), 422)
    assert "“为什么删除”还没填" in page


def test_nobody_else_finds_the_page(client_of, cast, admin, auditor):
    for browser in (client_of(cast.acceptor), admin, auditor):
        assert browser.get(URL).status_code == 404
        assert browser.post(URL, SENT).status_code == 404


def test_the_trail_says_it_in_words(security, auditor, play, text_of):
    security.post(URL, {**SENT, "number": play.receipt.number, "confirmed": "yes"})
    page = text_of(auditor.get("/desk/setup/audit/?verb=cases."))
    assert "删除反映人信息" in page
    assert SENT["words"] in page
    assert SENT["deed_key"] not in page
