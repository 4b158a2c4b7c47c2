"""Without a net: a page of ours, held by a worker that holds nothing of anybody."""

import re

import pytest


def test_the_page_says_what_is_kept_and_asks_the_database_for_nothing_of_anybody(client, cast):
    answer = client.get("/offline")
    page = answer.content.decode()
    assert answer.status_code == 200 and "public" in answer["Cache-Control"]
    assert "您写的字还在这台手机上" in page and "What you wrote is still on this phone" in page
    assert "sessionid" not in answer.cookies


@pytest.mark.parametrize("of", ["all", "staff"])
@pytest.mark.parametrize("was", ["opened", "sent"])
def test_a_step_is_told_of_only_where_one_was_sent_and_staff_read_no_english(client, db, of, was):
    page = client.get(f"/offline?of={of}&was={was}").content.decode()
    assert ("这一步还没有送出去" in page, "这一页没有打开" in page) == (
        was == "sent",
        was == "opened",
    )
    assert ("No network" in page) == (of == "all")
    assert ("网格员电话" in page) == (of == "all")


def test_the_worker_holds_the_page_in_its_wordings_and_its_style(client, db):
    answer = client.get("/offline-worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    code = answer.content.decode()
    assert re.findall(r'= "(/[^"]*)"', code) == ["/offline", "/static/shell/shell.css"]
    assert code.count("page(true, ") == code.count("page(false, ") == 2
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
