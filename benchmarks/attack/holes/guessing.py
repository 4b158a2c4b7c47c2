"""Guessing and flooding: codes of receipts, passwords, one-time codes, and reports by the hundred."""

import json
import re
import threading
from collections.abc import Callable, Iterator

from benchmarks.attack.stand import Answer, Browser, Finding, Stand

NAME = "guessing"
DOES = "tries receipt codes, passwords and staff numbers, sends reports, hundreds from one address"
RIGHT = (
    "counted exactly and flushed by nothing; whoever has the right code or a known browser gets in"
)

ATTACKER, NEIGHBOR = "10.66.6.6", "10.1.1.1"


def attack(stand: Stand) -> Iterator[Finding]:
    """Codes, then log-ins, then a flood."""
    yield from _codes(stand)
    yield from _log_ins(stand)
    yield from _flood(stand)


def _together(number: int, ask: Callable[[int], int]) -> list[int]:
    """The answers to so many requests from ten threads at once."""
    answers: list[int] = []

    def many(first: int) -> None:
        answers.extend(ask(which) for which in range(first, number, 10))

    threads = [threading.Thread(target=many, args=(first,)) for first in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _codes(stand: Stand) -> Iterator[Finding]:
    receipt = json.loads(stand.browser(address=NEIGHBOR).report().body)
    number, code = receipt["number"], receipt["code"]

    def wrong(which: int) -> int:
        browser = stand.browser(address=ATTACKER)
        return browser.ask(
            "GET", f"/api/v1/reports/{number}", None, {"X-Receipt-Code": f"{which:016}"}
        ).status

    answers = _together(330, wrong)
    yield Finding(
        "330 wrong codes at once", f"{answers.count(404)} read, {answers.count(429)} told to stop",
        answers.count(404) == 100 and answers.count(429) == 230,
    )  # fmt: skip
    for who, address in (
        ("the owner elsewhere", NEIGHBOR),
        ("the owner at the same address", ATTACKER),
    ):
        status = stand.browser(address=address).get(f"/r/{number}/{code}").status
        yield Finding(who, str(status), status == 200)
    case = re.search(r"\d{21}", _way(_clerk(stand).get(f"/desk/search/?q={number}")))
    told = case.group()[-7:] if case else ""
    yield Finding(
        "the number told by its case",
        f"…{number[6:]} of …{told}",
        bool(told) and told != number[6:],
    )


def _way(answer: Answer) -> str:
    """Where an answer leads; "" when nowhere."""
    return next((value for name, value in answer.headers.items() if name.lower() == "location"), "")


def _clerk(stand: Stand) -> Browser:
    clerk = stand.browser(address="10.2.2.2")
    clerk.log_in("1001")
    return clerk


def _log_ins(stand: Stand) -> Iterator[Finding]:
    known = _clerk(stand)
    known.send("/logout/", {}, page="/desk/")
    stranger = stand.browser(address=ATTACKER)
    said = [stranger.send("/login/", {"login": "1001", "password": "wrong"}) for _try in range(7)]
    stopped = [not _way(answer) and "10 分钟" in answer.text for answer in said]
    yield Finding(
        "7 wrong passwords",
        f"stopped at the {stopped.index(True) + 1 if True in stopped else 0}.",
        stopped[5:] == [True, True],
    )
    for place in range(40):
        stand.browser(address=NEIGHBOR).send(
            "/login/", {"login": f"X{place:03}", "password": "wrong"}
        )
    locked = stand.browser(address=NEIGHBOR).log_in("1002").status
    yield Finding(
        "40 unknown numbers from one address", f"a stranger there: {locked}", locked == 200
    )
    known.address = NEIGHBOR
    status = known.log_in("1001").status
    yield Finding("who has logged in from this browser before", str(status), status == 302)


def _flood(stand: Stand) -> Iterator[Finding]:
    answers = _together(150, lambda which: stand.browser(address="10.9.9.9").report().status)
    yield Finding(
        "150 reports at once from one address", f"{answers.count(201)} taken, {answers.count(429)} told to wait",
        answers.count(201) == 100 and answers.count(429) == 50,
    )  # fmt: skip
    status = stand.browser(address=NEIGHBOR).report().status
    yield Finding("a report from elsewhere", str(status), status == 201)
