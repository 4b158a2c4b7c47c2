"""The desk's frame stands still: list and case scroll, the page never does."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from gezhi.work.cases.tests.playing import Play
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_words_for_screen_readers_do_not_lengthen_the_page(
    cast: Cast, seat: Callable[..., Page]
) -> None:
    play = Play(cast).report()
    page = seat(cast.acceptor)
    page.set_viewport_size({"width": 1366, "height": 400})
    page.goto(f"/desk/cases/{play.case.number}/accept/")
    page.evaluate(
        "document.querySelector('.pane-case, .work').insertAdjacentHTML('beforeend', '<p>…<span class=\"unseen\">…</span></p>')"
    )
    heights = page.evaluate("[document.documentElement.scrollHeight, innerHeight]")
    assert heights[0] <= heights[1], heights
