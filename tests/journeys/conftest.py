"""Browsers of journeys: a live server, and a seat for each person."""

import os
import re
from collections.abc import Callable, Iterator

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests import cast as troupe
from tests.cast import Person
from tools.screenshots import ARGUMENTS, CHROMIUM

# Playwright keeps an event loop in this thread; the ORM calls of the test are synchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# Milliseconds: what is right never depends on how long a busy machine takes.
PATIENCE = 120_000


@pytest.fixture
def browser() -> Iterator[Browser]:
    """One headless Chromium; each person gets a context of their own."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()
        # While Playwright's loop runs, Django keeps a connection of its own for this thread; nobody
        # else would close it, and PostgreSQL drops no database that is in use.
        connections.close_all()


@pytest.fixture
def seat(browser: Browser, live_server: LiveServer) -> Callable[..., Page]:
    """`seat(person)`: an office PC with this person logged in; `seat(None)` a stranger's phone.

    `small` gives a person a phone as well.
    """

    def sat_down(person: Person | None, *, small: bool = False) -> Page:
        phone = person is None or small
        context = browser.new_context(
            viewport={"width": 360, "height": 780} if phone else {"width": 1366, "height": 768},
            base_url=live_server.url,
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        if person is not None:
            page.goto("/login/")
            page.fill("[name=login]", person.staff_number)
            page.fill("[name=password]", troupe.PASSWORD)
            page.press("[name=password]", "Enter")
            page.wait_for_url(re.compile(r"/(desk|pocket|work)/"))
        return page

    return sat_down
