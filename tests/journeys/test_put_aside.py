"""A call that is put aside goes on where it stood."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.cast import Cast


def test_a_call_put_aside_goes_on_where_it_stood_until_it_is_begun_anew(
    cast: Cast, seat: Callable[..., Page]
) -> None:
    page = seat(cast.acceptor)
    page.goto("/desk/queues/accepting/")
    page.keyboard.press("n")
    dialog = page.locator("#intake")
    phone, words = dialog.locator("[name=phone]"), dialog.locator("[name=text]")
    expect(phone).to_be_focused()
    phone.fill("028-00001009")
    words.fill("楼道灯坏了三天")
    dialog.get_by_role("button", name="先收起").click()
    expect(dialog).to_be_hidden()
    page.keyboard.press("n")
    expect(phone).to_be_focused()
    expect(phone).to_have_value("028-00001009")
    expect(words).to_have_value("楼道灯坏了三天")
    # Another page: the number is kept nowhere, the words are.
    page.wait_for_timeout(400)
    page.goto("/desk/queues/open/")
    page.keyboard.press("n")
    expect(words).to_have_value("楼道灯坏了三天")
    expect(phone).to_have_value("")
    dialog.get_by_role("button", name="重新填").click()
    expect(words).to_have_value("")
    expect(dialog).to_be_visible()
