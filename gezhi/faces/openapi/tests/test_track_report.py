"""GET /api/v1/reports/{number}: with the code in a header, or not at all."""

import pytest
from django.test import Client

from gezhi.faces.shell import tries
from gezhi.ground.counters.rules import Limit


@pytest.fixture
def receipt(program):
    return program.send(program.report()).json()


def test_number_and_code_show_where_it_stands(program, receipt):
    found = program.track(receipt["number"], receipt["code"])
    assert found.status_code == 200
    body = found.json()
    assert body["state"] == "reported"
    assert body["unit"] == "桐花街道网格中心"
    assert [told["deed"] for told in body["history"]] == ["report"]
    assert body["promised_at"] == receipt["promised_at"]


def test_what_was_said_and_by_whom_is_not_in_it(program, receipt):
    text = program.track(receipt["number"], receipt["code"]).content.decode()
    for canary in (
        "楼道灯坏了三天",
        program.cast.chen.name,
        program.cast.chen.phone,
        receipt["code"],
    ):
        assert canary not in text


def test_a_wrong_code_and_a_wrong_number_are_answered_alike(program, receipt):
    wrong_code = program.track(receipt["number"], "1" * 16)
    wrong_number = program.track("2611230999999", receipt["code"])
    no_number = program.track("abc", receipt["code"])
    assert {wrong_code.status_code, wrong_number.status_code, no_number.status_code} == {404}
    assert wrong_code.json() == wrong_number.json() == no_number.json()


def test_the_code_in_the_address_opens_nothing(program, receipt):
    answer = program.client.get(
        f"/api/v1/reports/{receipt['number']}?code={receipt['code']}&X-Receipt-Code={receipt['code']}"
    )
    assert answer.status_code == 422


@pytest.fixture
def few(monkeypatch):
    """Limits small enough to reach in a test."""
    monkeypatch.setattr(tries, "WRONG", Limit("receipt", 3, 600))
    monkeypatch.setattr(tries, "WRONG_IN_AN_HOUR", Limit("receipt_hour", 6, 3600))


@pytest.mark.usefixtures("few")
def test_a_machine_that_tries_codes_is_told_to_stop_and_the_owner_gets_in(program, receipt):
    wrong = [program.track(receipt["number"], f"{attempt:016}") for attempt in range(5)]
    assert [answer.status_code for answer in wrong] == [404, 404, 404, 429, 429]
    assert wrong[-1].json()["code"] == "too_many"
    assert 0 < int(wrong[-1]["Retry-After"]) <= 600
    assert program.track(receipt["number"], receipt["code"]).status_code == 200


@pytest.mark.usefixtures("few")
def test_a_machine_that_does_not_stop_is_not_looked_at_and_others_are(program, receipt):
    for attempt in range(6):
        program.track(receipt["number"], f"{attempt:016}")
    unread = program.track(receipt["number"], receipt["code"])
    assert unread.status_code == 429
    assert int(unread["Retry-After"]) > 600
    other = Client(REMOTE_ADDR="10.1.2.3").get(
        f"/api/v1/reports/{receipt['number']}", headers={"X-Receipt-Code": receipt["code"]}
    )
    assert other.status_code == 200


@pytest.mark.usefixtures("few")
def test_numbers_that_do_not_exist_are_counted_alike(program, receipt):
    for attempt in range(3):
        program.track(f"99010100000{attempt:02}", "1" * 16)
    assert program.track(receipt["number"], "1" * 16).status_code == 429
