"""What is put right on the resident's form is red no longer; what is no photo is said to be none."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.cast import Cast


def test_a_mended_field_is_red_no_longer_and_the_box_above_goes(
    cast: Cast, seat: Callable[..., Page]
) -> None:
    page = seat(None)
    page.goto("/")
    page.evaluate(
        "document.querySelectorAll('input').forEach((one) => one.removeAttribute('maxlength'))"
    )
    page.fill("[name=phone]", "1" * 201)
    page.fill("[name=name]", "长" * 201)
    page.locator("main button.main").last.click()
    box = page.locator(".form-errors")
    expect(box.locator("li")).to_have_count(2)
    page.fill("[name=phone]", "13800000000")
    expect(box.locator("li")).to_have_count(1)
    expect(box.locator("b")).to_contain_text("还有 1 处要改")
    marks = "#id_phone_error, #id_phone[aria-invalid], #id_phone[aria-describedby]"
    expect(page.locator(marks)).to_have_count(0)
    page.fill("[name=name]", "陈阿姨")
    expect(page.locator(".form-errors, [aria-invalid]")).to_have_count(0)


def test_words_where_none_were_are_red_no_longer(cast: Cast, seat: Callable[..., Page]) -> None:
    page = seat(None)
    page.goto("/")
    page.locator("main button.main").last.click()
    expect(page.locator(".form-errors")).to_have_count(1)
    page.locator("#id_text").press_sequentially("灯")
    expect(page.locator(".form-errors, [aria-invalid], #id_text_error")).to_have_count(0)


def test_an_emptied_field_stays_red(cast: Cast, seat: Callable[..., Page]) -> None:
    page = seat(None)
    page.goto("/")
    page.locator("main button.main").last.click()
    page.locator("#id_text").press_sequentially("  ")
    expect(page.locator("#id_text[aria-invalid]")).to_have_count(1)


def test_what_is_no_photo_is_said_in_one_line_that_fits_it(
    cast: Cast, seat: Callable[..., Page]
) -> None:
    page = seat(None)
    page.goto("/")
    said = page.locator(".photo-words")
    page.set_input_files(
        "input[type=file]", {"name": "说明.txt", "mimeType": "text/plain", "buffer": b"abc"}
    )
    expect(said).to_have_text("“说明.txt”不是照片，没有放进来")
    page.set_input_files(
        "input[type=file]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"abc"}
    )
    expect(said).to_contain_text("截一张屏")
    button, words = page.locator(".photo-pick").bounding_box(), said.bounding_box()
    assert button and words and words["y"] - button["y"] - button["height"] >= 8
