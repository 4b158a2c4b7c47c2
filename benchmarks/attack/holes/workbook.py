"""Workbooks made to eat memory, uploaded by somebody who may upload."""

import io
import re
import time
import zipfile
from collections.abc import Iterator

import xlsxwriter

from benchmarks.attack.stand import Browser, Finding, Stand

NAME = "workbook"
DOES = "uploads staff lists with a cell at the far end of the sheet, or that unpack to 300 MB"
RIGHT = "a sentence within 25 s; others are answered within 2 s; no web process grows by 100 MB"

_PAGE = "/desk/sheets/staff/"
_FAR = (1_048_575, 16_383)


def attack(stand: Stand) -> Iterator[Finding]:
    """Each workbook once, with visitors beside it."""
    browser = stand.browser(60)
    browser.log_in("1091")
    for name, content in {"far cell": _workbook(_FAR), "unpacks without end": _bomb()}.items():
        before = stand.web_memory()
        began = time.monotonic()
        with stand.visitors() as waits:
            status, words = _upload(browser, content)
        seconds = time.monotonic() - began
        grown = (stand.web_memory() - before) / 1e6
        yield Finding(f"{name}: answer", f"{status} {words} in {seconds:.1f} s", status == 422)
        yield Finding(f"{name}: others", str(waits), waits.longest < 2 and not waits.failures)
        yield Finding(f"{name}: memory", f"grew by {grown:.0f} MB", grown < 100)


def _upload(browser: Browser, content: bytes) -> tuple[int, str]:
    page = browser.get(_PAGE).text
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    head = '--b\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
    file = '\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
    body = f"{head}{token[0] if token else ''}{file}".encode() + content + b"\r\n--b--\r\n"
    answer = browser.ask("POST", _PAGE, body, {"Content-Type": "multipart/form-data; boundary=b"})
    said = re.search(r"这张表太大|打不开这个文件", answer.text)
    return answer.status, said.group(0) if said else ""


def _workbook(*far: tuple[int, int]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, column in [(0, 0), *far]:
            sheet.write_string(row, column, "工号")
    return buffer.getvalue()


def _bomb() -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_workbook())) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            more = b" " * 300_000_000 if part.endswith("sheet1.xml") else b""
            new.writestr(part, old.read(part) + more)
    return made.getvalue()
