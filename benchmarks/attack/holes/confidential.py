"""A case told in confidence, looked for by everybody who is curious."""

import json
import uuid
from collections.abc import Iterator

from benchmarks.attack.stand import Finding, Stand

NAME = "confidential"
DOES = "reports in confidence, then reads every page, search, sheet and export as each of the staff"
RIGHT = "only who has it in hand reads the words; a leader learns that it exists, not what it says"
CASES = 20

# What is searched for, and what stands beside it: a page may repeat what was typed.
SOUGHT = "椰壳灯塔"
CANARY = "夜里往井里倒油"
_STAFF = {
    "1001": "acceptor",
    "1002": "dispatcher",
    "1003": "checker",
    "1004": "supervisor",
    "1005": "leader",
    "2101": "community clerk",
    "3101": "grid worker",
    "4011": "handler",
    "4021": "handler of another unit",
    "1091": "system administrator",
    "1092": "security administrator",
    "1093": "audit administrator",
}
_PAGES = (
    "/desk/",
    "/desk/notices/",
    "/desk/topics/",
    "/desk/queues/accepting/",
    "/desk/queues/open/",
    "/desk/queues/overdue/",
    "/desk/tasks/",
    "/desk/setup/audit/",
    "/desk/confidential/",
    "/pocket/",
)
_NUMBER = """
from gezhi.work.cases.models import ReportWords
print(ReportWords.objects.get(text__contains="椰壳灯塔").report.case.number)
"""


def attack(stand: Stand) -> Iterator[Finding]:
    """One canary, every member of staff, and a stranger with the same complaint."""
    body = json.dumps(
        {
            "text": f"{SOUGHT}的老板{CANARY}，我怕他报复",
            "confidential": True,
            "place": {"longitude": 104.0851, "latitude": 30.6402},
        }
    )
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
    answer = stand.browser().ask("POST", "/api/v1/reports", body.encode(), headers)
    yield Finding("told in confidence", str(answer.status), answer.status == 201)
    number = stand.inside(_NUMBER)
    for staff_number, role in _STAFF.items():
        browser = stand.browser()
        browser.log_in(staff_number)
        read = [page for page in _pages(number) if CANARY in browser.get(page).text]
        # The acceptor of the unit that holds it has it in hand, and nobody else yet.
        right = bool(read) if role == "acceptor" else not read
        yield Finding(
            f"read by the {role}", f"{len(read)} pages: {', '.join(read[:3])}"[:80], right
        )
    alike = json.dumps(
        {"text": f"{SOUGHT}的老板倒油", "place": {"longitude": 104.0851, "latitude": 30.6402}}
    )
    headers["Idempotency-Key"] = str(uuid.uuid4())
    said = stand.browser().ask("POST", "/api/v1/reports", alike.encode(), headers).text
    shown = stand.browser().send("/", {"text": f"{SOUGHT}的老板倒油", "place_words": ""}).text
    told = CANARY in said or CANARY in shown
    yield Finding("told to a stranger with the same complaint", str(told), not told)


def _pages(number: str) -> tuple[str, ...]:
    search = "/desk/search/?q=%E6%A4%B0%E5%A3%B3%E7%81%AF%E5%A1%94"
    return (
        *_PAGES,
        search,
        f"/desk/search/?q={number}",
        f"/desk/cases/{number}/",
        f"/desk/cases/{number}/sheet/",
        f"/pocket/cases/{number}/",
    )
