"""Without a net: a page of ours, held by a worker that holds nothing of anybody."""

import re


def test_the_page_says_what_is_kept_and_asks_the_database_for_nothing_of_anybody(client, cast):
    answer = client.get("/offline")
    page = answer.content.decode()
    assert answer.status_code == 200 and "public" in answer["Cache-Control"]
    assert "您写的字还在这台手机上" in page and "What you wrote is still on this phone" in page
    assert "sessionid" not in answer.cookies


def test_the_worker_holds_one_page_and_its_style(client, db):
    answer = client.get("/offline-worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    held = re.findall(r'= "(/[^"]*)"', answer.content.decode())
    assert held == ["/offline", "/static/shell/shell.css"]
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
