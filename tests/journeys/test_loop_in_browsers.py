"""The whole loop with five people in five browsers: phone to rating, and "没解决" reopens it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gezhi.work.cases.models import Case, Report
from gezhi.work.cases.tests import invariants
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _do(page: Page, number: str, deed: str, fill: Callable[[Page], None] | None = None) -> None:
    """Open the form of a deed, fill it, send it with its main button."""
    page.goto(f"/desk/cases/{number}/{deed}/")
    if fill is not None:
        fill(page)
    page.locator("form .button.main, form button.main").first.click()
    page.wait_for_url(lambda url: not url.endswith(f"/{deed}/"))


def _accept(page: Page) -> None:
    page.fill("[name=class_words]", "暴露垃圾")


def _dispatch(cast: Cast) -> Callable[[Page], None]:
    def fill(page: Page) -> None:
        page.select_option("[name=lead_unit_id]", str(cast.street.sanitation.pk))

    return fill


def _finish(page: Page) -> None:
    page.fill("[name=words]", "已派车清运，地面冲洗干净")


def _check(page: Page) -> None:
    page.locator("[name=answer][value=passed]").check(force=True)


def test_five_people_take_a_report_from_the_phone_to_the_rating(
    cast: Cast, seat: Callable[..., Page]
) -> None:
    phone = seat(None)
    phone.goto("/")
    phone.fill("[name=text]", "单元门口堆了两袋建筑垃圾，三天没人清")
    phone.fill("[name=place_words]", "桐花苑1栋")
    phone.fill("[name=phone]", cast.chen.phone)
    phone.get_by_role("button", name="提交").last.click()
    phone.wait_for_url(re.compile(r"/r/\d{13}/\d{16}"))
    receipt = phone.url
    case = Case.objects.get()
    number = case.number
    assert case.grid_id == cast.street.grid.pk

    acceptor = seat(cast.acceptor)
    acceptor.goto("/desk/queues/accepting/")
    expect(acceptor.get_by_text("单元门口堆了两袋建筑垃圾").first).to_be_visible()
    _do(acceptor, number, "accept", _accept)
    _do(seat(cast.dispatcher), number, "dispatch", _dispatch(cast))
    handler = seat(cast.handler)
    _do(handler, number, "take")
    _do(handler, number, "finish", _finish)
    _do(seat(cast.checker), number, "check", _check)
    _do(acceptor, number, "close")

    phone.goto(receipt)
    expect(phone.get_by_text("已派车清运，地面冲洗干净").first).to_be_visible()
    phone.locator("[name=resolved][value=solved]").check(force=True)
    phone.locator("[name=satisfied][value=satisfied]").check(force=True)
    phone.locator("form:has([name=resolved]) button.main").click()
    expect(phone.get_by_text("谢谢").first).to_be_visible()
    assert Report.objects.get().resolved == "solved"

    phone.goto(f"{receipt}/reopen")
    phone.fill("[name=words]", "垃圾又堆回来了")
    phone.locator("form button.main").first.click()
    phone.wait_for_url(receipt)
    case.refresh_from_db()
    assert case.state == "accepted" and case.round == 2
    assert invariants.faults() == []
