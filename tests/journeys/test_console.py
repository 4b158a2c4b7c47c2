"""Nothing is said on the console while people work, also when a deed is refused and swapped in.

A violation of the policy against inline styles and scripts comes as an error on the console.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import ConsoleMessage, Page

from gezhi.work.cases.tests.playing import Play
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Seat = Callable[..., Page]
# The browser reports every answer of 4xx by itself; a refusal is one, and no fault.
_REFUSALS = ("422 (Unprocessable", "409 (Conflict", "403 (Forbidden")


def listening(page: Page) -> list[str]:
    """What the page says from now on that it should not: errors, warnings, broken scripts."""
    said: list[str] = []

    def hear(line: ConsoleMessage) -> None:
        if line.type in ("error", "warning") and not any(word in line.text for word in _REFUSALS):
            said.append(f"{page.url}: {line.text}")

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    return said


def test_a_refused_dispatch_is_swapped_in_silently(cast: Cast, seat: Seat) -> None:
    number = Play(cast).until("accepted").receipt.case_number
    page = seat(cast.dispatcher)
    said = listening(page)
    page.goto("/desk/queues/dispatching/")
    page.locator("#list .row").first.click()
    page.locator("#case").get_by_role("link", name="派单").click()
    page.locator("#deed").wait_for()
    assert number in page.url
    # Who drags the corner of a text box leaves a style on it, which the swap must not copy.
    page.evaluate("document.querySelector('#deed textarea').style.height = '200px'")
    page.locator("#deed [name=lead_unit_id]").select_option("")
    page.locator("#deed button.main").click()
    page.locator(".form-errors").wait_for()
    assert page.locator("#deed [name=lead_unit_id][aria-invalid]").count()
    assert said == []


def test_a_day_at_the_desk_is_silent(cast: Cast, seat: Seat) -> None:
    reported = Play(cast).until("reported").receipt.case_number
    page = seat(cast.acceptor)
    said = listening(page)
    for address in ("/desk/", "/desk/notices/", "/desk/search/?q=桐花", "/preferences/"):
        page.goto(address)
    page.goto("/desk/queues/accepting/")
    page.locator("#list .row").first.click()
    page.locator("#case .deed-bar").wait_for()
    assert reported in page.url
    page.locator("#case").get_by_role("link", name="不予受理").click()
    page.locator("#deed button.danger, #deed button.main").last.click()
    page.locator(".form-errors").wait_for()
    assert said == []


def test_a_resident_who_sends_nothing_hears_it_on_the_page_only(cast: Cast, seat: Seat) -> None:
    page = seat(None)
    said = listening(page)
    page.goto("/")
    page.locator("main button.main").click()
    page.locator(".form-errors").wait_for()
    assert said == []
