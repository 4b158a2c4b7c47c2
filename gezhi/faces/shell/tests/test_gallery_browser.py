"""The gallery in a real browser: accessible, inside the strict CSP, and each module at work."""

import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from gezhi.faces.shell import gallery
from gezhi.ground.files.tests import pictures
from tools import vendor
from tools.screenshots import ARGUMENTS, CHROMIUM

pytestmark = pytest.mark.browser

AXE = vendor.SOURCE / "axe-core/axe.min.js"
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 360, "height": 780}
PHONE_PAGES = (
    "parts",
    "desk",
    "desk-empty",
    "desk-table",
    "pocket",
    "resident",
    "receipt",
    "track",
)

Opener = Callable[..., Page]


class Quiet(WSGIRequestHandler):
    """A server that does not print."""

    def log_message(self, format: str, *args: object) -> None:
        pass


posted: list[str] = []


def _notes_posts(application: WSGIApplication) -> WSGIApplication:
    """A server that notes what is sent and takes its time over it, and where `wait` is asked."""

    def noting(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            posted.append(environ["PATH_INFO"])
            threading.Event().wait(0.1)
            start("204 No Content", [])
            return []
        if "wait" in environ["QUERY_STRING"]:
            threading.Event().wait(0.7)
        return application(environ, start)

    return noting


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The gallery's address on a server of its own; it needs no database."""
    vendor.copy()
    application = StaticFilesHandler(get_wsgi_application())
    server: WSGIServer = make_server("127.0.0.1", 0, _notes_posts(application), handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/shell/gallery"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Opener]:
    """`open_page("desk", PHONE)`; the test fails when the page says anything on the console."""
    contexts = []
    said: list[str] = []

    def opened(name: str, viewport: dict[str, int] = DESK, **options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": viewport["width"], "height": viewport["height"]},
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on(
            "console",
            lambda line: said.append(line.text) if line.type in ("error", "warning") else None,
        )
        page.goto(f"{address}?show={name}")
        page.wait_for_load_state("load")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not said


def _next(page: Page, address: str, name: str, size: str = "") -> None:
    page.goto(f"{address}?show={name}&size={size}")
    page.wait_for_load_state("load")


def _faults(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    # Without `preload`: it lays imported sheets into the page, which the policy refuses.
    found = page.evaluate("axe.run({resultTypes: ['violations'], preload: false})")
    return [
        f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:120]}"
        for one in found["violations"]
    ]


def test_axe_finds_nothing_on_the_desk(open_page: Opener, address: str) -> None:
    page = open_page("parts")
    faults = {}
    for name in gallery.PAGES:
        _next(page, address, name)
        faults[name] = _faults(page)
    assert {name: found for name, found in faults.items() if found} == {}


def test_axe_finds_nothing_on_a_phone_in_elder_size(open_page: Opener, address: str) -> None:
    page = open_page("parts", PHONE)
    faults = {}
    for name in PHONE_PAGES:
        _next(page, address, name, "large")
        faults[name] = _faults(page)
    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.parametrize(("size", "least"), [("", 44), ("large", 60)])
def test_a_finger_finds_every_deed_and_nothing_runs_off_a_phone(
    open_page: Opener, address: str, size: str, least: int
) -> None:
    page = open_page("parts", PHONE)
    small = {}
    for name in PHONE_PAGES:
        _next(page, address, name, size)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        small[name] = page.evaluate(
            """least => Array.from(document.querySelectorAll(
                'button, .button, .thumb a, .rail a, .resident-foot a, .row, .choice, select, '
                + '.form-row input:not([type=checkbox]):not([type=radio]), textarea'))
              .filter(one => one.getClientRects().length && !one.closest('dialog'))
              .map(one => [one.getBoundingClientRect(), one.outerHTML.slice(0, 90)])
              .filter(([box]) => box.height < least - 0.5 || box.width < least - 0.5)
              .map(([box, html]) => `${box.width}x${box.height} ${html}`)""",
            least,
        )
    assert {name: found for name, found in small.items() if found} == {}


def test_the_desk_can_be_worked_with_keys(open_page: Opener) -> None:
    page = open_page("desk")
    page.keyboard.press("j")
    assert "下水道返臭" in page.evaluate("document.activeElement.innerText")
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert "路灯不亮" in page.evaluate("document.activeElement.innerText")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("xj")
    assert page.input_value("#search") == "xj"
    assert page.locator("dialog[open]").count() == 0
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    assert page.get_attribute("dialog[open]", "id") == "reject"
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


def test_list_and_case_scroll_apart_and_the_list_is_never_lost(open_page: Opener) -> None:
    page = open_page("desk")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    page.evaluate("document.querySelector('#case').scrollTop = 300")
    assert page.evaluate("document.querySelector('#case').scrollTop") == 300
    assert page.evaluate("document.querySelector('#list').scrollTop") == 0
    # The deeds stay in sight.
    box = page.locator(".deed-bar").bounding_box()
    assert box and box["y"] + box["height"] <= DESK["height"] + 1


def test_typed_text_outlives_a_reload_and_ends_with_the_receipt(
    open_page: Opener, address: str
) -> None:
    page = open_page("resident", PHONE)
    page.fill("textarea", "楼道灯不亮")
    page.wait_for_timeout(400)
    page.reload()
    assert page.input_value("textarea") == "楼道灯不亮"
    _next(page, address, "receipt")
    _next(page, address, "resident")
    assert page.input_value("textarea") == ""


def test_a_second_press_sends_nothing(open_page: Opener) -> None:
    page = open_page("resident", PHONE)
    before = len(posted)
    for _ in range(3):
        page.evaluate(
            """() => {
              const form = document.querySelector('form[data-draft]');
              form.noValidate = true;
              form.requestSubmit();
            }"""
        )
        page.wait_for_timeout(150)
    assert len(posted) - before == 1


def test_photos_are_shrunk_and_can_be_taken_out(open_page: Opener, tmp_path: Path) -> None:
    large = tmp_path / "large.jpg"
    Image.effect_noise((2400, 1800), 60).convert("RGB").save(large, quality=95)
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"not a picture")
    page = open_page("resident", PHONE)
    page.set_input_files("input[type=file]", [large, broken])
    page.wait_for_selector(".photos .photo")
    page.wait_for_selector(".photo-words:not([hidden])")
    files = "Array.from(document.querySelector('input[type=file]').files, one => one.size)"
    sizes = page.evaluate(files)
    assert len(sizes) == 1 and sizes[0] < large.stat().st_size / 2
    page.click(".photos .drop")
    assert page.evaluate(files) == []


def test_a_photo_only_the_server_can_read_is_sent_as_it_is(
    open_page: Opener, tmp_path: Path
) -> None:
    heic, text = tmp_path / "IMG_0001.jpg", tmp_path / "说明.pdf"
    heic.write_bytes(pictures.picture("HEIF", size=(64, 64)))
    text.write_bytes(b"%PDF-1.7\n")
    page = open_page("resident", PHONE)
    page.set_input_files("input[type=file]", [heic, text])
    page.wait_for_selector(".photo-words:not([hidden])")
    assert "“说明.pdf”不是照片" in page.inner_text(".photo-words")
    assert "HEIC" in page.inner_text(".photos .photo")
    sent = "document.querySelector('input[type=file]').files"
    assert page.evaluate(f"[...{sent}].map((one) => [one.name, one.size])") == [
        ["IMG_0001.jpg", heic.stat().st_size]
    ]


def test_the_map_opens_on_a_tap_and_takes_a_point(open_page: Opener) -> None:
    page = open_page(
        "resident",
        PHONE,
        geolocation={"latitude": 30.6502, "longitude": 104.0905},
        permissions=["geolocation"],
    )
    assert page.locator("script[src*=leaflet]").count() == 0
    page.click("[data-map-open]")
    page.wait_for_selector("path.map-border")
    assert page.locator("path.map-border").count() == 6
    page.click("[data-map-locate]")
    page.wait_for_selector(".map-pin")
    assert page.input_value("[name=longitude]") == "104.090500"
    page.locator("[data-map-canvas]").click(position={"x": 120, "y": 150})
    assert page.input_value("[name=longitude]") != "104.090500"


def test_without_script_forms_links_and_files_still_work(open_page: Opener) -> None:
    page = open_page("resident", PHONE, java_script_enabled=False)
    assert page.locator("input[type=file]").is_visible()
    assert not page.locator("[data-map-open]").is_visible()
    desk = open_page("desk", DESK, java_script_enabled=False)
    desk.click("text=不予受理")
    assert "show=confirm" in desk.url


def test_without_a_net_the_page_says_what_still_works(open_page: Opener) -> None:
    page = open_page("resident", PHONE)
    assert not page.locator("#no-net").is_visible()
    page.context.set_offline(True)
    page.wait_for_selector("#no-net:not([hidden])")
    page.context.set_offline(False)
    page.wait_for_selector("#no-net", state="hidden")


def test_gray_lines_stand_for_a_slow_piece_and_never_for_a_quick_one(
    open_page: Opener, address: str
) -> None:
    page = open_page("desk")
    ask = "url => { htmx.ajax('GET', url, {target: '#case', select: '.case-head'}); }"
    lines = page.locator("#case > .skeleton-cover")
    page.evaluate(ask, f"{address}?show=desk&wait=yes")
    assert lines.count() == 0
    assert page.get_attribute("#case", "aria-busy") == "true"
    lines.wait_for(timeout=3_000)
    lines.wait_for(state="detached", timeout=5_000)
    assert page.get_attribute("#case", "aria-busy") is None
    assert page.locator("#case .case-head").count() == 1
    assert page.locator("#case .timeline").count() == 0


def test_htmx_keeps_to_the_policy_and_leaves_nothing_in_the_browser(open_page: Opener) -> None:
    page = open_page("desk")
    settings = page.evaluate("htmx.config")
    assert settings["includeIndicatorStyles"] is False
    assert settings["allowEval"] is False
    assert settings["selfRequestsOnly"] is True
    # A copied style attribute, as of a text box somebody made larger, would break the policy.
    assert settings["attributesToSettle"] == ["class"]
    # Pages with names must not stay in the storage of a shared computer.
    assert settings["historyCacheSize"] == 0
    swaps = {rule["code"]: rule["swap"] for rule in settings["responseHandling"]}
    refused = next(code for code in swaps if "409" in code)
    assert swaps[refused] is True and all(one in refused for one in ("413", "422", "429"))
    assert swaps["[45].."] is False


def test_tabs_that_do_not_all_fit_keep_their_distance(open_page: Opener) -> None:
    phone = open_page("parts", PHONE)
    widths = phone.evaluate(
        "[...document.querySelectorAll('.tabs a')].map((one) => [one.scrollWidth, one.clientWidth])"
    )
    assert widths and all(needed <= given for needed, given in widths), widths


def test_a_hint_uses_the_width_it_has(open_page: Opener) -> None:
    phone = open_page("parts", PHONE)
    wraps = phone.evaluate(
        "[...document.querySelectorAll('.hint')].map((one) => getComputedStyle(one).textWrap)"
    )
    assert wraps and not any("balance" in one for one in wraps), wraps
