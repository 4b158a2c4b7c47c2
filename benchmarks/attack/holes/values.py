"""Values no row can have: times of other ages, ids beyond 63 bits, words that nobody sees."""

import json
import uuid
from collections.abc import Iterator, Mapping

from benchmarks import serving
from benchmarks.attack.stand import Finding, Stand

NAME = "values"
DOES = "reports times of other ages and words nobody sees, asks for rows beyond 63 bits, sends NUL"
RIGHT = "422, 400 or 404 with a reason, JSON below /api/, never a 500, and nothing is stored"

TIMES = (
    "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+08:00",
    "2099-01-01T00:00:00+08:00", "2126-01-01T00:00:00Z", "1700000000", "1970-01-01T00:00:00Z",
)  # fmt: skip
TEXTS = ("\u200b\u200d\ufeff", "\u202e\u2066", "\x00", "\u3164")
BIG = str(2**63 - 1), str(2**63), "9" * 30


def attack(stand: Stand) -> Iterator[Finding]:
    """Times, words, ids and bytes in every place they can be sent to."""
    for moment in TIMES:
        yield _refused(stand, f"happened_at {moment}", {"text": "路灯坏了", "happened_at": moment})
    for text in TEXTS:
        yield _refused(stand, f"a text of {text.encode('unicode-escape').decode()}", {"text": text})
    for number in BIG:
        body = {"text": "路灯坏了", "place": {"place_id": number}}
        yield _refused(stand, f"place_id of {len(number)} digits", body)
    yield from _below_api(stand)
    clerk = stand.browser()
    clerk.log_in("1001")
    for path in _addresses():
        status = clerk.get(path).status
        yield Finding(path.replace("9" * 30, "9…"), str(status), status < 500)
    turned = stand.browser().report("路灯\u202e坏了")
    page = stand.browser().get("/" + json.loads(turned.body)["page"].split("/", 3)[3]).text
    yield Finding("a report with an override", str(turned.status), "\u202e" not in page)


def _refused(stand: Stand, what: str, body: Mapping[str, object]) -> Finding:
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
    answer = stand.browser().ask(
        "POST", "/api/v1/reports", json.dumps(body).encode(), headers | serving.somebody()
    )
    return Finding(what, str(answer.status), answer.status == 422 and _is_promised(answer.body))


def _is_promised(body: bytes) -> bool:
    try:
        return set(json.loads(body)) == {"code", "message", "errors"}
    except (ValueError, TypeError):
        return False


def _below_api(stand: Stand) -> Iterator[Finding]:
    browser = stand.browser()
    form = {"Content-Type": "application/x-www-form-urlencoded", "Idempotency-Key": "k" * 20}
    asked: tuple[tuple[str, str, bytes | None, dict[str, str], int], ...] = (
        ("GET", "/api/v1/nothing", None, {}, 404),
        ("GET", "/api/v1/reports/%00", None, {"X-Receipt-Code": "1"}, 400),
        ("DELETE", "/api/v1/reports", None, {}, 405),
        ("POST", "/api/v1/reports", b"text=x", form, 415),
        ("POST", "/api/v1/reports", b"{", form | {"Content-Type": "application/json"}, 400),
    )
    for method, path, body, headers, status in asked:
        answer = browser.ask(method, path, body, headers)
        right = answer.status == status and _is_promised(answer.body)
        yield Finding(f"{method} {path}", str(answer.status), right)


def _addresses() -> Iterator[str]:
    for number in BIG:
        yield f"/desk/queues/accepting/?holder={number}"
        yield f"/desk/queues/accepting/?after={10**17}-{number}"
        yield f"/desk/notices/{number}/open/"
        yield f"/desk/setup/crew/?area={number}"
    yield "/desk/search/?q=%00"
    yield "/desk/queues/accepting/?q=%00a"
