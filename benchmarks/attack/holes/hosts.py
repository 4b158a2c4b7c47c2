"""A demo asked under a name that is not its own."""

import re
from collections.abc import Iterator

from benchmarks.attack.stand import Finding, Stand

NAME = "hosts"
DOES = "reports and opens pages of a demo under the name evil.example"
RIGHT = "400, and the name stands in no link and no QR code; its own names and addresses work"


def attack(stand: Stand) -> Iterator[Finding]:
    """Foreign names on the pages that build addresses, then the names it has."""
    browser = stand.browser()
    page = re.findall(r'"page":\s*"([^"]+)"', browser.report().text)
    receipt = page[0].partition(f":{stand.port}")[2] if page else "/"
    yield Finding("a report's page under its own name", str(page)[:40], "127.0.0.1" in str(page))
    for path in ("/", receipt, "/api/v1/", "/login/"):
        answer = browser.ask("GET", path, headers={"Host": "evil.example"})
        held = answer.status == 400 and "evil.example" not in answer.text
        yield Finding(f"evil.example {path[:3]}…", str(answer.status), held)
    for host in ("localhost", "127.0.0.1", f"localhost:{stand.port}"):
        answer = browser.ask("GET", "/login/", headers={"Host": host})
        yield Finding(host, str(answer.status), answer.status == 200)
