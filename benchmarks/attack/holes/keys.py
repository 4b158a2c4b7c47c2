"""Keys the house will need, brought first by a stranger; and a phone that says a deed again."""

import json
import re
import uuid
from collections.abc import Iterator

from benchmarks.attack.stand import Browser, Finding, Stand

NAME = "keys"
DOES = (
    "reports under the keys that the archive and the watchdog will need, reports twice under one "
    "key, and sends a return again when the case is out of sight"
)
RIGHT = (
    "everything due is archived and lifted, the same key gives the same answer to whoever brought "
    "it and nothing to anybody else"
)
CASES = 60

_CLOSED = """
from datetime import timedelta
from gezhi.kernel import clock
from gezhi.work.cases.models import Case
from gezhi.ground.audit import triggers
triggers.remove()
old = clock.now() - timedelta(days=400)
Case.objects.filter(state="closed").update(ended_at=old)
triggers.install()
import json
print(json.dumps(list(Case.objects.filter(state="closed").values_list("number", "round"))))
"""
_ARCHIVE = """
from gezhi.work.cases.watching import archive_closed
from gezhi.work.cases.models import Case
archive_closed()
print(Case.objects.filter(state="closed").count())
"""
_UNSTAFFED = """
import json
from gezhi.kernel import clock
from gezhi.records.posts.models import Appointment
from gezhi.work.cases.models import Case
case = Case.objects.filter(state__in=["dispatched", "handling"]).select_related("holder").first()
Appointment.objects.filter(post__unit=case.holder).update(to_at=clock.now())
rows = Case.objects.filter(ended_at=None, holder=case.holder)
print(json.dumps(list(rows.values_list("number", "version", "holder_id"))))
"""
_LIFT = """
from gezhi.work.cases.watching import lift_unstaffed
from gezhi.work.cases.models import Case
lift_unstaffed()
print(Case.objects.filter(ended_at=None, holder_id=HOLDER).count())
"""
_SEND_TO_THE_LAMPS = """
from gezhi.ground.accounts.models import User
from gezhi.records.posts.models import Appointment
from gezhi.records.posts.queries import viewer_of
from gezhi.work.cases import actions
from gezhi.work.cases.models import Case
case = Case.objects.filter(state="accepted", marks="", confidentiality="open", round=1).first()
unit = Appointment.objects.get(user__staff_number="4021").post.unit
by = viewer_of(User.objects.get(staff_number="1002"))
actions.dispatch(
    number=case.number, version=case.version, lead_unit_id=unit.pk, by=by, key="attack:sends"
)
print(case.number)
"""


def attack(stand: Stand) -> Iterator[Finding]:
    """First the keys of the house, then the same key twice."""
    closed = json.loads(stand.inside(_CLOSED))
    taken = sum(
        _reported(stand, f"archive:{number}:{round_}") < 500 for number, round_ in closed[:20]
    )
    left = stand.inside(_ARCHIVE)
    yield Finding(
        "archive keys brought by a stranger",
        f"{taken} taken of {len(closed)} closed cases, {left} not archived",
        left == "0" and bool(closed),
    )
    yield _twice(stand)
    yield _returned_again(stand)
    held = json.loads(stand.inside(_UNSTAFFED))
    for number, version, _holder in held[:20]:
        _reported(stand, f"lift:{number}:{version}")
    left = stand.inside(_LIFT.replace("HOLDER", str(held[0][2])))
    yield Finding(
        "lift keys brought by a stranger",
        f"{len(held)} cases of a unit without people, {left} not lifted",
        left == "0" and bool(held),
    )


def _reported(stand: Stand, key: str, text: str = "路灯不亮") -> int:
    return _report(stand, key, text)[0]


def _report(stand: Stand, key: str, text: str) -> tuple[int, str]:
    body = json.dumps({"text": text, "place": {"longitude": 104.0851, "latitude": 30.6402}})
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    answer = stand.browser().ask("POST", "/api/v1/reports", body.encode(), headers)
    return answer.status, answer.text


def _twice(stand: Stand) -> Finding:
    key = str(uuid.uuid4())
    first, again, other = (_report(stand, key, text) for text in ("井盖响", "井盖响", "别的事"))
    same = json.loads(first[1])["number"] == json.loads(again[1])["number"]
    return Finding(
        "one key twice, then with other words",
        f"{first[0]}, {again[0]}, {other[0]}, same number {same}",
        same and other[0] == 409,
    )


def _returned_again(stand: Stand) -> Finding:
    """The handler's return form sent twice: the second finds a case that is out of sight."""
    what = "a return sent again by the unit that returned it"
    number = stand.inside(_SEND_TO_THE_LAMPS)
    handler = stand.browser()
    handler.log_in("4021")
    path = f"/desk/cases/{number}/return/"
    fields = _fields(handler.get(path).text) | {"words": "不归我们管，应由物业处理"}
    first, again = (_post(handler, path, fields) for _ in range(2))
    gone = handler.get(f"/desk/cases/{number}/").status
    return Finding(
        what,
        f"{first}, again {again}, the case itself {gone}",
        first in (200, 302, 303) and again == first,
    )


def _fields(page: str) -> dict[str, str]:
    """Hidden fields of the page, the first choice of each select that has to be chosen."""
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)".*?>(.*?)</select>', page, re.S):
        values = [value for value in re.findall(r'<option value="([^"]*)"', options) if value]
        fields[name] = values[-1] if values else ""
    for name, value in re.findall(r'type="radio" name="([^"]+)" value="([^"]+)"', page):
        fields.setdefault(name, value)
    return fields


def _post(browser: Browser, path: str, fields: dict[str, str]) -> int:
    from urllib.parse import urlencode

    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return browser.ask("POST", path, urlencode(fields).encode(), headers).status
