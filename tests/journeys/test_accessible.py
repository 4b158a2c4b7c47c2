"""Every page as axe sees it, on the screen it is made for, with nothing said on the console.

Serious and critical findings fail; strict CSP violations come as console errors and fail too.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from gezhi.faces.desk.rota.tests import addresses as duty
from gezhi.faces.pocket.rota.tests import addresses as own_duty
from gezhi.work.cases.tests.playing import Play
from tests.cast import Cast, Person
from tools import vendor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = (vendor.SOURCE / "axe-core/axe.min.js").read_text(encoding="utf-8")


class Visitor:
    """Opens pages and collects what is wrong with them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda line: (
                self.faults.append(f"{page.url}: {line.text}")
                if line.type == "error" and "404 (Not Found)" not in line.text
                else None
            ),
        )

    def visit(self, *addresses: str) -> None:
        for address in addresses:
            self.page.goto(address)
            self.look(address)

    def take(self, address: str) -> None:
        """Look at the page that asks what for, and at the paper that follows."""
        self.visit(address)
        self.page.get_by_label("拿去做什么用").fill("贴在值班室")
        self.page.locator("form .button.main").click()
        self.page.wait_for_selector(".sheet-main")
        self.look(f"{address} (paper)")

    def look(self, address: str) -> None:
        """Note what is wrong with the page that stands open."""
        self.page.wait_for_load_state("load")
        self.page.evaluate(AXE)
        # Without `preload`: it lays imported sheets into the page, which the policy refuses.
        found = self.page.evaluate("axe.run({resultTypes: ['violations'], preload: false})")
        self.faults += [
            f"{address}: {one['id']} ({one['impact']}) {one['nodes'][0]['html'][:140]}"
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
        ]
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if wide > 1:
            self.faults.append(f"{address}: {wide} px wider than the screen")


Seat = Callable[..., Page]


def test_pages_of_residents(cast: Cast, seat: Seat) -> None:
    play = Play(cast).until("closed")
    receipt = f"/r/{play.receipt.number}/{play.receipt.code}"
    visitor = Visitor(seat(None))
    visitor.visit(
        "/", "/track", "/grid-worker", "/suggest", "/privacy", "/login/", receipt,
        f"{receipt}/reopen", "/nothing-here",
    )  # fmt: skip
    assert visitor.faults == []


def test_pages_of_the_pocket(cast: Cast, seat: Seat) -> None:
    number = Play(cast).until("checking").receipt.case_number
    visitor = Visitor(seat(cast.zhang, small=True))
    visitor.visit(
        "/pocket/", "/pocket/report/", "/pocket/spot/", "/pocket/checks/", "/pocket/mine/",
        f"/pocket/cases/{number}/", f"/pocket/cases/{number}/check/",
    )  # fmt: skip
    assert visitor.faults == []


@pytest.mark.parametrize("small", [False, True])
def test_pages_of_the_desk(cast: Cast, seat: Seat, small: bool) -> None:
    reported = Play(cast).until("reported").receipt.case_number
    accepted = Play(cast).until("accepted").receipt.case_number
    handling = Play(cast).until("handling").receipt.case_number
    ways: list[tuple[Person, list[str]]] = [
        (
            cast.acceptor,
            [
                "/desk/", "/desk/queues/accepting/", "/desk/queues/ended/", "/desk/intake/",
                "/desk/search/?q=垃圾", "/desk/notices/", f"/desk/cases/{reported}/",
                f"/desk/cases/{reported}/accept/", f"/desk/cases/{reported}/merge/",
            ],
        ),
        (cast.dispatcher, [f"/desk/cases/{accepted}/dispatch/"]),
        (
            cast.handler,
            [
                f"/desk/cases/{handling}/finish/", f"/desk/cases/{handling}/return/",
                f"/desk/cases/{handling}/sheet/", f"/desk/cases/{handling}/delay-sheet/",
            ],
        ),
    ]  # fmt: skip
    faults = []
    for person, addresses in ways:
        visitor = Visitor(seat(person, small=small))
        visitor.visit(*addresses)
        faults += visitor.faults
    assert faults == []


@pytest.mark.parametrize("small", [False, True])
def test_pages_of_duty(cast: Cast, seat: Seat, small: bool) -> None:
    duty.furnish(cast)
    values = duty.values(cast)
    swap = f"/pocket/rota/shifts/{own_duty.values(cast)['own_shift_id']}/swap/"
    faults = []
    for person, pages in (
        (
            cast.li,
            [
                "/desk/rota/", "/desk/rota/new/", "/desk/rota/change/",
                f"/desk/rota/{values['rota_id']}/", f"/desk/rota/shifts/{values['shift_id']}/swap/",
            ],
        ),
        (cast.zhang, ["/pocket/rota/", "/pocket/", swap] if small else []),
    ):  # fmt: skip
        visitor = Visitor(seat(person, small=small))
        visitor.visit(*pages)
        if person == cast.li:
            visitor.take("/desk/rota/print/")
        faults += visitor.faults
    assert faults == []


def test_pages_of_the_administrators(cast: Cast, seat: Seat) -> None:
    visitor = Visitor(seat(cast.system_administrator))
    visitor.visit("/desk/", "/desk/tasks/")
    assert visitor.faults == []
