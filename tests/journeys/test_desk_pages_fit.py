"""Pages of the desk at their widths: what belongs together stays whole, nothing lies over a form."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from gezhi.ground.jobs.worker import Worker
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import actions as duties
from gezhi.work.cases.tests.playing import Play
from gezhi.work.triage.tasks import advise
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "单元门口堆了两袋建筑垃圾，三天没人清"
# How many lines the text of an element takes.
LINES = "one => { const r = document.createRange(); r.selectNodeContents(one); return new Set([...r.getClientRects()].map(b => Math.round(b.top))).size; }"


def _call(page: Page, cast: Cast) -> None:
    page.goto("/desk/intake/")
    page.fill("#call_phone", cast.chen.phone)
    page.fill("#call_text", TEXT)
    page.fill("#call_place_words", "桐花苑1栋")
    page.keyboard.press("Tab")
    page.locator("#alike [data-case]").wait_for()
    page.locator("#caller [data-case]").wait_for(state="attached")
    page.wait_for_load_state("networkidle")


def test_on_a_phone_a_call_shows_what_may_be_the_same_first_and_nothing_lies_over_a_row_being_filled(
    cast: Cast, seat: Callable[..., Page]
) -> None:
    play = Play(cast).report()
    advise.func(play.case.pk)
    page = seat(cast.acceptor, small=True)
    _call(page, cast)
    alike, kind = (page.locator(one).bounding_box() for one in ("#alike", "#call_kind"))
    assert alike and kind and alike["y"] < kind["y"]
    # The button stays on the screen; a row that is being filled is never under it.
    for row in ("#call_place_words", "#call_kind input >> nth=0", "#call_channel input >> nth=0"):
        page.locator(row).focus()
        filled, bar = (page.locator(one).bounding_box() for one in (row, ".call-foot"))
        assert filled and bar and filled["y"] + filled["height"] <= bar["y"]
    # The case is one of this phone as well, and stands once.
    shown = [one for one in page.locator(".call-side [data-case]").all() if one.is_visible()]
    assert len(shown) == 1
    assert page.get_by_text("都在“可能有人反映过”里").is_visible()
    page.locator(".call-foot .main").click()
    page.locator(".receipt-code").wait_for()
    for number in (".receipt-number", ".receipt-code"):
        assert page.locator(number).evaluate(LINES) == 1
        assert "Mono" not in page.locator(number).evaluate(
            "one => getComputedStyle(one).fontFamily"
        )
    width = page.locator(".receipt-code").bounding_box()
    assert width and width["x"] + width["width"] <= 360


def test_a_placeholder_is_read_whole_on_a_phone(cast: Cast, seat: Callable[..., Page]) -> None:
    page = seat(cast.acceptor, small=True)
    page.goto("/desk/intake/")
    cut = page.evaluate(
        """() => [...document.querySelectorAll("form input[placeholder]")].filter((one) => {
          one.value = one.placeholder; const is_cut = one.scrollWidth > one.clientWidth; one.value = "";
          return is_cut; }).map((one) => one.placeholder)"""
    )
    assert cut == []


def test_a_case_number_in_a_notice_is_one_line_on_a_phone(
    cast: Cast, seat: Callable[..., Page]
) -> None:
    Play(cast).until("dispatched")
    Worker().run_all()
    page = seat(cast.handler, small=True)
    page.goto("/desk/notices/")
    number = page.locator(".notice-number").first
    assert number.evaluate(LINES) == 1
    assert "Mono" not in number.evaluate("one => getComputedStyle(one).fontFamily")


def test_short_words_of_the_duty_list_are_not_broken_at_a_desk(
    cast: Cast, seat: Callable[..., Page]
) -> None:
    duties.add_duty(
        class_code="event-0102", name="城市道路和公共场所的暴露垃圾清理和日常保洁巡查",
        area_id=cast.street.street.pk, list_kind="basic", lead_unit=cast.street.sanitation,
        assist_units=[cast.street.water, cast.street.property_firm],
        legal_basis="《城市市容和环境卫生管理条例》第十六条、《生活垃圾管理条例》第三十二条",
        by=Viewer.system("test", cast.street.district.pk),
    )  # fmt: skip
    page = seat(cast.system_administrator)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/desk/setup/duties/")
    assert [cell.evaluate(LINES) for cell in page.locator(".short-cell").all()] == [1, 1]
    assert page.get_by_role("link", name="结束").first.evaluate(LINES) == 1
    page.goto("/desk/setup/crew/")
    box = page.locator("#place-words").bounding_box()
    assert box and box["width"] > 300


def test_what_can_be_done_to_an_account_stands_in_one_line_at_a_desk(
    cast: Cast, seat: Callable[..., Page]
) -> None:
    page = seat(cast.security_administrator)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/desk/setup/accounts/")
    tops = (
        page.locator("tbody tr")
        .first.locator(".button")
        .evaluate_all("all => all.map(one => Math.round(one.getBoundingClientRect().top))")
    )
    assert len(tops) == 3 and len(set(tops)) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440


def test_a_table_that_does_not_fit_is_tabbed_to_and_scrolled_by_keys(
    cast: Cast, seat: Callable[..., Page]
) -> None:
    page = seat(cast.security_administrator)
    page.goto("/desk/setup/roles/")
    table = page.locator(".table-scroll").first
    table.evaluate("one => one.firstElementChild.style.width = '300em'")
    page.evaluate("dispatchEvent(new Event('resize'))")
    assert table.get_attribute("role") == "region"
    assert table.get_attribute("aria-label")
    table.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("one => one.scrollLeft > 0", arg=table.element_handle())
