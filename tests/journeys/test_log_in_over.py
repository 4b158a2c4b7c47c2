"""The log-in ends while somebody writes: it opens over the page, and the same button then works."""

from collections.abc import Callable

from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from gezhi.ground.files.models import File
from gezhi.ground.files.tests.pictures import picture
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import Deed
from gezhi.work.cases.tests.playing import Play
from tests import cast as troupe
from tests.cast import Cast, Person


def _log_in_over(page: Page, person: Person) -> None:
    frame = page.frame_locator("#log-in-over iframe")
    frame.locator("[name=login]").fill(person.staff_number)
    frame.locator("[name=password]").fill(troupe.PASSWORD)
    # Another answer that comes late says the same: what is typed stays.
    page.evaluate("document.dispatchEvent(new CustomEvent('log-in-over', { detail: {} }))")
    frame.locator("[name=password]").press("Enter")
    expect(page.locator("#log-in-over")).to_be_hidden()


def test_a_call_is_registered_once_after_the_log_in_over_it(
    cast: Cast, seat: Callable[..., Page]
) -> None:
    page = seat(cast.acceptor)
    page.goto("/desk/queues/accepting/")
    page.locator("a[href='/desk/intake/']").last.click()
    dialog = page.locator("#intake")
    # It takes the focus once the form is there; what is typed before would land in it.
    expect(dialog.locator("[name=phone]")).to_be_focused()
    dialog.locator("[name=text]").fill("楼道灯坏了三天")
    Session.objects.all().delete()
    send = dialog.locator(".call-foot button.main")
    send.click()
    expect(page.locator("#log-in-over")).to_be_visible()
    assert not Case.objects.exists()
    _log_in_over(page, cast.acceptor)
    expect(dialog.locator("[name=text]")).to_have_value("楼道灯坏了三天")
    send.click()
    expect(dialog.locator("#intake-body")).to_contain_text("受理号")
    assert Case.objects.count() == 1


def test_a_plain_form_of_the_phone_is_sent_by_itself_once_logged_in(
    cast: Cast, seat: Callable[..., Page]
) -> None:
    page = seat(cast.zhang, small=True)
    page.goto("/pocket/report/")
    page.locator("[name=text]").fill("井盖松了")
    # At once: a log-in may end in the second after the page was drawn.
    Session.objects.all().delete()
    page.locator("main form button.main").last.click()
    _log_in_over(page, cast.zhang)
    page.wait_for_url(lambda url: "/pocket/report/" not in url or "?" in url)
    assert Case.objects.count() == 1


def test_another_person_goes_on_by_their_own_right(cast: Cast, seat: Callable[..., Page]) -> None:
    play = Play(cast).report()
    page = seat(cast.acceptor)
    page.goto(f"/desk/cases/{play.case.number}/reject/")
    page.locator("[name=words]").fill("不归街道管")
    Session.objects.all().delete()
    page.locator("#deed button.main, form button.main").last.click()
    _log_in_over(page, cast.handler)
    expect(page.locator("#toasts")).to_contain_text(cast.handler.user.name)
    expect(page.locator("[name=words]")).to_have_value("不归街道管")
    assert not Step.objects.filter(deed=Deed.REJECT).exists()


def test_a_plain_form_stays_with_its_photo_where_the_cookies_were_cleared(
    cast: Cast, seat: Callable[..., Page]
) -> None:
    page = seat(cast.zhang, small=True)
    page.goto("/pocket/report/")
    page.locator("[name=text]").fill("井盖松了")
    page.set_input_files(
        "input[type=file]",
        {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(400, 300))},
    )
    page.wait_for_selector(".photos .photo")
    page.context.clear_cookies()
    page.locator("main form button.main").last.click()
    _log_in_over(page, cast.zhang)
    page.wait_for_url(lambda url: "/pocket/report/" not in url or "?" in url)
    assert File.objects.count() == 1 and Case.objects.count() == 1


def test_a_piece_asks_for_a_log_in_where_the_cookies_were_cleared(
    cast: Cast, seat: Callable[..., Page]
) -> None:
    page = seat(cast.acceptor)
    page.goto("/desk/intake/")
    page.locator("main [name=text]").fill("楼道灯坏了三天")
    page.context.clear_cookies()
    page.locator(".call-foot button.main").click()
    _log_in_over(page, cast.acceptor)
    expect(page.locator("main [name=text]")).to_have_value("楼道灯坏了三天")
    page.locator(".call-foot button.main").click()
    expect(page.locator("main")).to_contain_text("受理号")


def test_another_person_without_the_right_is_told_so_at_every_press(
    cast: Cast, seat: Callable[..., Page]
) -> None:
    page = seat(cast.acceptor)
    page.goto("/desk/intake/")
    page.locator("main [name=text]").fill("楼道灯坏了三天")
    Session.objects.all().delete()
    send = page.locator(".call-foot button.main")
    send.click()
    _log_in_over(page, cast.handler)
    expect(page.locator("#toasts")).to_contain_text(cast.handler.user.name)
    for presses in (1, 2):
        send.click()
        expect(page.locator("#toasts").get_by_text("不归现在登录的人办")).to_have_count(presses)
    expect(page.locator("main [name=text]")).to_have_value("楼道灯坏了三天")
    assert not Case.objects.exists()
