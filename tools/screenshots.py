"""Take the pictures of docs/screens from a running server, as docs/screens.toml lists them.

    python tools/screenshots.py --base http://127.0.0.1:8000 [--only NAME-PART] [--strict]

docs/screens.toml:

    password = "…"                  # the demo accounts' password, or GEZHI_SCREENS_PASSWORD

    [[screen]]
    name = "desk-queue"             # docs/screens/desk-queue-1440.png
    path = "/desk/"
    account = "2001"                # staff number; leave out for a stranger
    viewports = ["1440x900", "360x780"]
    wait = "#list .row"             # optional: what must be there first
    press = ["j", "j"]              # optional: keys to press before the picture
    click = "[data-map-open]"       # optional: what to click before the picture
    fill = [["[name=text]", "…"]]   # optional: what to type, and where, after the click
    then = ["button[name=look]"]    # optional: what to click after the keys, one after the other
    large = true                    # optional: the elder size
    whole = true                    # optional: the whole page, not only what is on screen
"""

import argparse
import io
import os
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "docs/screens.toml"
TARGET = ROOT / "docs/screens"
CHROMIUM = os.environ.get("GEZHI_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DEFAULT_VIEWPORTS = ["1440x900", "360x780"]


def log_in(page: Page, base: str, account: str, password: str) -> None:
    """Pass the log-in form; refuses (RuntimeError) when the server stays on it."""
    page.goto(f"{base}/login/")
    page.fill("[name=login]", account)
    page.fill("[name=password]", password)
    page.click("main button.main, main button[type=submit]")
    page.wait_for_load_state("networkidle")
    if urlsplit(page.url).path.startswith("/login"):
        raise RuntimeError(f"account {account} was not let in")


def _context(browser: Browser, base: str, viewport: str, screen: dict[str, Any]) -> BrowserContext:
    width, height = (int(side) for side in viewport.split("x"))
    narrow = width < 600
    context = browser.new_context(
        viewport={"width": width, "height": height},
        # A whole page is long: one point a pixel keeps the papers small.
        device_scale_factor=2 if narrow and not screen.get("whole") else 1,
        has_touch=narrow,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    if screen.get("large"):
        context.add_cookies([{"name": "gezhi_size", "value": "large", "url": base}])
    return context


def _open(page: Page, base: str, screen: dict[str, Any]) -> list[str]:
    """Go to the screen and say what is wrong with it."""
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
    page.on(
        "console",
        lambda message: (
            wrong.append(f"console: {message.text}") if message.type == "error" else None
        ),
    )
    answer = page.goto(f"{base}{screen['path']}")
    page.wait_for_load_state("networkidle")
    status = answer.status if answer else 0
    if status != screen.get("status", 200):
        wrong.append(f"answered {status}")
    if screen.get("wait"):
        page.wait_for_selector(screen["wait"], timeout=10_000)
    if screen.get("click"):
        _click(page, screen["click"])
    for selector, words in screen.get("fill", []):
        page.fill(selector, words)
        page.dispatch_event(selector, "change")
        # What was typed is looked up a moment later; the next must not overtake it.
        page.wait_for_timeout(2000)
        page.wait_for_load_state("networkidle")
    for key in screen.get("press", []):
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    for selector in screen.get("then", []):
        _click(page, selector)
    page.wait_for_selector(".htmx-request", state="detached")
    page.wait_for_load_state("networkidle")
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        wrong.append("wider than the window")
    return wrong


def _click(page: Page, selector: str) -> None:
    page.click(selector)
    page.wait_for_timeout(500)
    page.wait_for_load_state("networkidle")


def _whole(page: Page) -> None:
    """Make the window as high as what scrolls inside the desk's frame."""
    height = page.evaluate(
        "Math.max(0, ...Array.from(document.querySelectorAll('.work, .pane'),"
        " pane => pane.scrollHeight - pane.clientHeight)) + innerHeight"
    )
    size = page.viewport_size
    if size and height > size["height"]:
        page.set_viewport_size({"width": size["width"], "height": int(height)})


def save(picture: bytes, path: Path) -> int:
    """Write the picture as small as it goes without looking worse, and return its bytes."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    path.parent.mkdir(parents=True, exist_ok=True)
    flat = image.quantize(colors=48, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    flat.save(path, optimize=True)
    return path.stat().st_size


def take(
    base: str, screens: Iterable[dict[str, Any]], password: str, target: Path = TARGET
) -> list[str]:
    """Take every picture and return what was wrong, one line each."""
    wrong: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        sessions: dict[str, Any] = {}
        for screen in screens:
            account = str(screen.get("account", ""))
            for viewport in screen.get("viewports", DEFAULT_VIEWPORTS):
                context = _context(browser, base, viewport, screen)
                page = context.new_page()
                name = f"{screen['name']}-{viewport.split('x')[0]}"
                try:
                    if account and account in sessions:
                        context.add_cookies(sessions[account])
                    elif account:
                        log_in(page, base, account, password)
                        sessions[account] = [
                            cookie for cookie in context.cookies() if cookie["name"] != "gezhi_size"
                        ]
                    faults = _open(page, base, screen)
                    if screen.get("whole"):
                        _whole(page)
                    size = save(
                        page.screenshot(full_page=bool(screen.get("whole"))),
                        target / f"{name}.png",
                    )
                    print(f"{name}.png {size // 1024} kB" + "".join(f"; {one}" for one in faults))
                    wrong += [f"{name}: {one}" for one in faults]
                except Exception as error:
                    # One broken page must not hide the others; it is named at the end.
                    wrong.append(f"{name}: {error}")
                    print(f"{name}: {error}")
                finally:
                    context.close()
        browser.close()
    return wrong


def main() -> int:
    """Read the list, take the pictures, answer 1 with --strict when something was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--list", type=Path, default=LIST)
    parser.add_argument("--target", type=Path, default=TARGET)
    parser.add_argument("--only", default="", help="take only screens whose name contains this")
    parser.add_argument("--strict", action="store_true", help="fail when a page had a fault")
    options = parser.parse_args()
    plan = tomllib.loads(options.list.read_text(encoding="utf-8"))
    password = os.environ.get("GEZHI_SCREENS_PASSWORD", plan.get("password", ""))
    screens = [screen for screen in plan["screen"] if options.only in screen["name"]]
    wrong = take(options.base.rstrip("/"), screens, password, options.target)
    if wrong:
        print(f"\n{len(wrong)} faults:", *wrong, sep="\n  ")
    return 1 if wrong and options.strict else 0


if __name__ == "__main__":
    sys.exit(main())
