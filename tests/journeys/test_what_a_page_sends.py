"""What leaves a page before anybody pressed a button: never who is writing."""

from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Request

from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WHERE_FIELDS = {
    "text", "place_words", "place", "longitude", "latitude", "compound", "building",
}  # fmt: skip


def test_looking_up_a_place_sends_neither_phone_nor_name(
    cast: Cast, seat: Callable[..., Page]
) -> None:
    page = seat(None)
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.goto("/")
    page.fill("[name=phone]", cast.chen.phone)
    page.fill("[name=name]", cast.chen.name)
    for control, typed in (("text", "楼道灯坏了三天"), ("place_words", "桐花苑1栋")):
        with page.expect_response("**/where"):
            page.fill(f"[name={control}]", typed)
            page.dispatch_event(f"[name={control}]", "change")
    with page.expect_response("**/where"):
        page.locator("[name=place]").first.check(force=True)
    assert len(sent) >= 3
    for request in sent:
        told = parse_qs(request.post_data or "", keep_blank_values=True)
        assert told and set(told) <= WHERE_FIELDS, set(told) - WHERE_FIELDS
        assert cast.chen.phone not in (request.post_data or "")
