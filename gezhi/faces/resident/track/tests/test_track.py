"""查进度: number and code from paper lead to the page; anything else gets one answer."""

import re

import pytest


@pytest.fixture
def receipt(resident):
    return resident.receipt().split("/")[2:]


def test_number_and_code_lead_to_the_page(resident, receipt):
    number, code = receipt
    typed = {"number": f" {number[:6]} {number[6:]} ", "code": "-".join(re.findall("....", code))}
    answer = resident.client.post("/track", typed)
    assert answer.status_code == 303
    assert answer["Location"] == f"/r/{number}/{code}"


def test_full_width_digits_are_understood(resident, receipt):
    number, code = receipt
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    typed = {"number": number.translate(wide), "code": code.translate(wide)}
    assert resident.client.post("/track", typed).status_code == 303


def test_a_wrong_number_and_a_wrong_code_are_told_alike(resident, receipt):
    number, code = receipt

    def answer(**typed):
        page = resident.client.post("/track", typed)
        assert page.status_code == 404
        # What was typed stands in the form again, as it should.
        return re.sub(r'value="[^"]*"', "", page.content.decode())

    assert answer(number=number, code="1" * 16) == answer(number="2611230999999", code=code)


def test_an_empty_form_says_what_is_missing(resident):
    answer = resident.client.post("/track", {})
    assert answer.status_code == 422
    assert "id_number_error" in answer.content.decode()
