"""An address as people type it leads to the page that is meant."""

import pytest


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/track/", "/track"),
        ("/privacy/", "/privacy"),
        ("/phones//", "/phones"),
        ("/grid-worker/?a=%E6%A1%90", "/grid-worker?a=%E6%A1%90"),
        ("/r/2611230000017/0000000000000000/", "/r/2611230000017/0000000000000000"),
    ],
)
def test_a_slash_too_many_is_taken_off(client, cast, typed, meant):
    answer = client.get(typed)
    assert (answer.status_code, answer["Location"]) == (301, meant)


@pytest.mark.parametrize("typed", ["/nowhere/", "/api/v1/openapi.json/"])
def test_what_leads_nowhere_stays_so(client, cast, typed):
    assert client.get(typed).status_code == 404


def test_a_form_is_not_led_elsewhere(client, cast):
    assert client.post("/track/", {"number": "1"}).status_code == 404
