"""A case returned, reworked and reopened, from the report to its second round, by keyboard alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gezhi.work.cases.models import Case
from gezhi.work.cases.tests.playing import Play
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

_HERE = "document.activeElement"


def _until(page: Page, condition: str) -> None:
    """Asked again and again from outside: the policy of our pages lets no words be run in them,
    which is how Playwright's own waiting asks a second time."""
    for _ in range(400):
        if page.evaluate(f"!!({condition})"):
            return
        page.wait_for_timeout(50)
    there = page.evaluate(f"{_HERE}.outerHTML")
    raise AssertionError(f"never so: {condition}; {page.url}: {there[:300]}")


def _tab_to(page: Page, selector: str, most: int = 40) -> None:
    """Tab on until the focus is there; a way nobody would go to its end fails."""
    for _ in range(most):
        if page.evaluate(f"{_HERE}.matches({selector!r})"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{most} tabs do not reach {selector}")


def _choose(page: Page, value: object, key: str = "ArrowDown") -> None:
    """Arrows in the field that has the focus until it stands on this value."""
    for _ in range(40):
        if page.evaluate(f"{_HERE}.value === '{value}' && ({_HERE}.checked ?? true)"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"no arrow leads to {value}")


def _open(page: Page, queue: str) -> None:
    """The first case of a queue, with j and Enter."""
    page.goto(f"/desk/queues/{queue}/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.locator("#case .deed-bar").wait_for()


def _begin(page: Page, letter: str, field: str) -> None:
    """The letter of a deed opens its form, and the focus stands in it."""
    page.keyboard.press(letter)
    page.locator("#deed").wait_for()
    _until(page, f"{_HERE}.closest('#deed')")
    assert page.evaluate(f"{_HERE}.matches({field!r})"), page.evaluate(f"{_HERE}.outerHTML")


def _send(page: Page) -> None:
    """Ctrl+Enter sends the form that is open."""
    page.keyboard.press("Control+Enter")
    page.locator("#deed").wait_for(state="detached")


def _is_somewhere(page: Page) -> None:
    _until(page, f"{_HERE} && {_HERE} !== document.body")


def test_a_returned_reworked_and_reopened_case_by_keyboard_alone(
    cast: Cast, seat: Callable[..., Page]
) -> None:
    street = cast.street
    phone = seat(None)
    phone.goto("/")
    _tab_to(phone, "[name=text]")
    phone.keyboard.type("单元门口堆了两袋建筑垃圾，三天没人清")
    _tab_to(phone, "[name=place_words]")
    phone.keyboard.type("桐花苑1栋")
    _tab_to(phone, "form .button.main")
    phone.keyboard.press("Enter")
    phone.wait_for_url(re.compile(r"/r/\d{13}/\d{16}"))
    receipt = phone.url.split("?")[0]
    case = Case.objects.get()

    acceptor = seat(cast.acceptor)
    _open(acceptor, "accepting")
    _begin(acceptor, "a", "[name=class_words]")
    # Esc leaves the form for the button it came from, and what was typed is there again.
    acceptor.keyboard.type("暴露垃圾")
    acceptor.wait_for_timeout(300)
    acceptor.keyboard.press("Escape")
    acceptor.locator("#deed").wait_for(state="detached")
    _until(acceptor, f"{_HERE}.dataset.deed === 'accept'")
    _begin(acceptor, "a", "[name=class_words]")
    assert acceptor.evaluate(f"{_HERE}.value") == "暴露垃圾"
    _send(acceptor)

    dispatcher = seat(cast.dispatcher)
    _open(dispatcher, "dispatching")
    _begin(dispatcher, "d", "[name=lead_unit_id]")
    _choose(dispatcher, street.sanitation.pk)
    _send(dispatcher)

    handler = seat(cast.handler)
    _open(handler, "taking")
    _begin(handler, "b", "[name=reason_code]")
    handler.keyboard.press("Space")
    _choose(handler, "not_our_area")
    _tab_to(handler, "[name=right_unit_id]")
    _choose(handler, street.water.pk)
    _tab_to(handler, "[name=words]")
    handler.keyboard.type("这里归自来水公司")
    handler.keyboard.press("Control+Enter")
    handler.wait_for_url(re.compile("/queues/taking/$"))

    _open(dispatcher, "dispatching")
    expect(dispatcher.locator("#list .row")).to_contain_text("退单")
    expect(dispatcher.locator("#case .came-back")).to_contain_text("这里归自来水公司")
    # The unit the return named stands chosen: one letter, one press.
    _begin(dispatcher, "d", f"[name=lead_unit_id]:has(option[value='{street.water.pk}']:checked)")
    _send(dispatcher)

    unit = seat(cast.tang)
    _open(unit, "taking")
    unit.keyboard.press("t")
    unit.locator("#case .deed-bar [data-deed=finish]").first.wait_for()
    unit.wait_for_load_state()
    _begin(unit, "f", "[name=words]")
    unit.keyboard.type("已经清走")
    _send(unit)

    checker = seat(cast.checker)
    _open(checker, "checking")
    _begin(checker, "c", "[name=answer]")
    checker.keyboard.press("Space")
    _choose(checker, "rework")
    _tab_to(checker, "[name=words]")
    checker.keyboard.type("还有一袋没清走")
    _send(checker)

    _open(unit, "handling")
    expect(unit.locator("#list .row")).to_contain_text("返工")
    expect(unit.locator("#case .came-back")).to_contain_text("还有一袋没清走")
    _begin(unit, "f", "[name=words]")
    assert unit.evaluate(f"{_HERE}.value") == "已经清走"
    unit.keyboard.press("Control+End")
    unit.keyboard.type("，第二袋也清走了")
    _send(unit)

    _open(checker, "checking")
    _begin(checker, "c", "[name=answer]")
    checker.keyboard.press("Space")
    _choose(checker, "passed", "ArrowUp")
    _send(checker)

    _open(acceptor, "closing")
    _begin(acceptor, "e", "[name=words]")
    _send(acceptor)

    phone.goto(f"{receipt}/reopen")
    _tab_to(phone, "[name=words]")
    phone.keyboard.type("垃圾又堆回来了")
    _tab_to(phone, "form .button.main")
    phone.keyboard.press("Enter")
    phone.wait_for_url(receipt)
    case.refresh_from_db()
    assert (case.state, case.round) == ("accepted", 2)

    _open(dispatcher, "dispatching")
    expect(dispatcher.locator("#list .row")).to_contain_text("第 2 次办理")
    expect(dispatcher.locator("#case .came-back")).to_contain_text("垃圾又堆回来了")
    _is_somewhere(dispatcher)


def test_a_deed_done_leaves_the_focus_on_the_next_of_the_list(
    cast: Cast, seat: Callable[..., Page]
) -> None:
    first, second = Play(cast).until("accepted"), Play(cast).until("accepted")
    page = seat(cast.dispatcher)
    _open(page, "dispatching")
    _begin(page, "d", "[name=lead_unit_id]")
    _choose(page, cast.street.sanitation.pk)
    _send(page)
    _until(page, f"{_HERE}.matches('#list .row')")
    assert second.case.number in page.evaluate(f"{_HERE}.href")
    page.keyboard.press("Enter")
    expect(page.locator("#case .case-number")).to_contain_text(second.case.number[-7:])
    assert first.case.state == "dispatched"


@pytest.mark.parametrize("window", [(1366, 768), (720, 450), (360, 780)])
def test_the_deeds_are_one_row_on_the_first_screen_however_a_case_was_opened(
    cast: Cast, seat: Callable[..., Page], window: tuple[int, int]
) -> None:
    play = Play(cast).report()
    page = seat(cast.acceptor)
    page.set_viewport_size({"width": window[0], "height": window[1]})
    for query, large in (("?queue=accepting", False), ("", False), ("", True)):
        if large:
            page.context.add_cookies([{"name": "gezhi_size", "value": "large", "url": page.url}])
        page.goto(f"/desk/cases/{play.case.number}/{query}")
        box = page.locator(".deed-bar").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= window[1] + 1
        assert box["height"] < (100 if large else 76)
        # What has no room stands behind 更多, and its letter still presses it.
        page.keyboard.press("m")
        page.locator("#deed[data-deed=merge]").wait_for()
    page.goto("/desk/intake/")
    foot = page.locator(".call-foot").bounding_box()
    assert foot and foot["y"] + foot["height"] <= window[1] + 1
