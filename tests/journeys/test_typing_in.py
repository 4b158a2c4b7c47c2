"""Papers typed in by the keys alone; the log-in ends meanwhile, and nothing that was typed is lost."""

from collections.abc import Callable

from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from gezhi.kernel.fields import open_sealed
from gezhi.work.blanks import actions
from gezhi.work.blanks.rules import number_of
from gezhi.work.cases.models import Report
from gezhi.work.cases.tests.playing import fresh_key
from tests import cast as troupe
from tests.cast import Cast, Person


def _type(page: Page, *rows: str) -> None:
    *firsts, last = rows
    for row in firsts:
        page.keyboard.insert_text(row)
        page.keyboard.press("Enter")
    page.keyboard.insert_text(last)


def _log_in_over(page: Page, person: Person) -> None:
    frame = page.frame_locator("#log-in-over iframe")
    frame.locator("[name=login]").fill(person.staff_number)
    frame.locator("[name=password]").fill(troupe.PASSWORD)
    frame.locator("[name=password]").press("Enter")
    expect(page.locator("#log-in-over")).to_be_hidden()


def test_the_log_in_ends_while_a_paper_is_typed_and_it_is_sent_whole(
    cast: Cast, seat: Callable[..., Page]
) -> None:
    printed = actions.print_set(
        area_id=cast.street.community.pk, size=3, by=cast.acceptor.viewer, key=fresh_key()
    )
    page = seat(cast.acceptor)
    page.goto(f"/desk/blanks/enter/?serial={number_of(printed.first_serial)}")
    expect(page.locator("[name=name]")).to_be_focused()
    _type(page, "李桂花", "13912345678", "桐花苑1栋", "B", "路灯三天不亮")
    Session.objects.all().delete()
    page.keyboard.press("Enter")
    expect(page.locator("#log-in-over")).to_be_visible()
    assert not Report.objects.exists()
    _log_in_over(page, cast.acceptor)
    expect(page.locator(".blank-typed li")).to_have_count(1)
    told = Report.objects.get()
    assert told.words.text == "路灯三天不亮"
    kept = [open_sealed(told.reporter, column) for column in ("name", "phone")]
    assert kept == ["李桂花", "13912345678"]
    # The next paper waits with the hands on its first row; the compound comes by one key.
    expect(page.locator("[name=serial]")).to_have_value(number_of(printed.first_serial + 1))
    expect(page.locator("[name=name]")).to_be_focused()
    for _row in range(2):
        page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.insert_text("3栋")
    expect(page.locator("[name=place_words]")).to_have_value("桐花苑3栋")
    # Closed half typed, it stands there again, but for name and phone.
    page.wait_for_timeout(400)
    page.reload()
    expect(page.locator("[name=place_words]")).to_have_value("桐花苑3栋")
