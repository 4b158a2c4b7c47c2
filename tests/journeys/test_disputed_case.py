"""One disputed case through everything a street centre does to it, each person at their own desk."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.work.cases.models import Assignment, Case, Hang, Ruling, Supervision
from gezhi.work.cases.tests import invariants
from gezhi.work.cases.tests.playing import Play
from tests.cast import Cast, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Seats = Callable[..., Page]


class Street:
    """Everybody's desk, opened once, and the one case they all have to do with."""

    def __init__(self, cast: Cast, seat: Seats) -> None:
        self.cast, self._seat = cast, seat
        self._desks: dict[str, Page] = {}
        self.play = Play(cast).until("accepted")

    @property
    def case(self) -> Case:
        """The case as it is now."""
        return self.play.case

    def desk(self, person: Person) -> Page:
        """The desk of this person."""
        if person.staff_number not in self._desks:
            self._desks[person.staff_number] = self._seat(person)
        return self._desks[person.staff_number]

    def do(self, person: Person, deed: str, **rows: str) -> None:
        """Open the form of a deed, fill its rows by name and send it."""
        page = self.desk(person)
        page.goto(f"/desk/cases/{self.case.number}/{deed}/")
        folded = page.locator("#deed details:not([open]) > summary")
        while folded.count():
            folded.first.click()
        for name, value in rows.items():
            _fill(page, name, value)
        before = self.case.version
        page.locator("#deed button.main").click()
        # Refused, it stays and says why.
        expect(page.locator("#deed .form-errors")).to_have_count(0)
        page.wait_for_url(lambda url: not url.endswith(f"/{deed}/"))
        assert self.case.version > before

    def sees(self, person: Person, words: str) -> None:
        """The case's page says these words to this person."""
        page = self.desk(person)
        page.goto(f"/desk/cases/{self.case.number}/")
        expect(page.get_by_text(words).first).to_be_visible()


def _fill(page: Page, name: str, value: str) -> None:
    row = page.locator(f"#deed [name={name}]").first
    kind = row.evaluate("field => field.type")
    if kind in ("radio", "checkbox"):
        chosen = "" if value == "on" else f"[value='{value}']"
        page.locator(f"#deed [name={name}]{chosen}").check(force=True)
    elif kind == "select-one":
        row.select_option(value)
    else:
        row.fill(value)


def _working_day(page: Page, *, ahead: int) -> date:
    """A day on which somebody can look at it: browser and server have the real clock, not the test's."""
    seconds = page.evaluate("Date.now()") / 1000
    day = datetime.fromtimestamp(seconds, clock.SHANGHAI).date() + timedelta(days=ahead)
    while not codes.calendar().is_working(day):
        day += timedelta(days=1)
    return day


def test_a_disputed_case_walks_through_every_hard_deed(cast: Cast, seat: Seats) -> None:
    at = Street(cast, seat)
    units = cast.street
    sanitation, water = str(units.sanitation.pk), str(units.water.pk)
    refusal = {
        "reason_code": "not_our_area",
        "right_unit_id": str(units.property_firm.pk),
        "words": "现场在红线以外，不归我们管",
    }

    # Returned twice: it waits for the chief, and the dispatcher can send it no more.
    at.do(cast.dispatcher, "dispatch", lead_unit_id=sanitation)
    at.do(cast.handler, "return", **refusal)
    at.do(cast.dispatcher, "dispatch", lead_unit_id=water)
    at.do(cast.tang, "return", **refusal)
    at.sees(cast.dispatcher, "等值班长裁决归哪个单位")
    at.desk(cast.supervisor).goto("/desk/queues/ruling/")
    expect(at.desk(cast.supervisor).get_by_text("单元门口堆了两袋建筑垃圾").first).to_be_visible()

    # Ruled, kept, and assisted.
    at.do(
        cast.supervisor,
        "rule",
        unit_id=sanitation,
        kind="meeting",
        words="道路由环卫所清运，供水公司配合停水",
        assist_unit_ids=water,
        keeps="on",
        wording="小区门口道路上的建筑垃圾",
    )
    assert Ruling.objects.get(case=at.case).unit_id == units.sanitation.pk
    at.do(cast.tang, "assist", answer="done", words="已配合停水两小时")
    at.do(cast.handler, "take")
    at.sees(cast.handler, "已配合停水两小时")

    # Extended, urged, supervised.
    due = at.case.due_at
    at.do(cast.handler, "ask_to_extend", reason_code="procurement", amount="1", words="等吊车")
    at.do(cast.dispatcher, "extend", answer="yes")
    assert due is not None and at.case.due_at is not None and at.case.due_at > due
    at.do(cast.dispatcher, "urge", words="居民在等，请今天给个准信")
    at.do(
        cast.supervisor,
        "supervise",
        supervisor_id=str(cast.supervisor.user_id),
        words="三天内清完并回复",
    )
    at.do(cast.handler, "report_to_supervisor", words="吊车明早到，上午清完")
    at.do(cast.supervisor, "discharge", words="已落实")
    assert Supervision.objects.get(case=at.case).ended_by == cast.supervisor.user_id

    # Finished, failed, done again, closed.
    at.do(cast.handler, "finish", words="已派车清运，地面冲洗干净")
    at.do(cast.checker, "check", answer="rework", words="还有一袋没清走")
    at.do(cast.handler, "finish", words="剩下一袋也清走了")
    at.do(cast.checker, "check", answer="passed")
    at.do(cast.acceptor, "close")
    assert Assignment.objects.get(case=at.case, part="lead", returned_at=None).reworked == 1

    # Unsatisfied: the reporter has it done again.
    phone = seat(None)
    receipt = f"/r/{at.play.receipt.number}/{at.play.receipt.code}"
    phone.goto(receipt)
    expect(phone.get_by_text("剩下一袋也清走了").first).to_be_visible()
    phone.goto(f"{receipt}/reopen")
    phone.fill("[name=words]", "第二天又堆了一袋")
    phone.locator("form button.main").first.click()
    phone.wait_for_url(lambda url: url.endswith(receipt))
    assert at.case.round == 2

    # Hung, resumed, closed.
    at.do(cast.dispatcher, "dispatch", lead_unit_id=sanitation)
    assert Assignment.objects.filter(case=at.case, round=2, precedent__isnull=False).exists()
    at.do(cast.handler, "take")
    review = _working_day(at.desk(cast.handler), ahead=7)
    at.do(
        cast.handler,
        "ask_to_hang",
        reason_code="engineering",
        review_on=review.isoformat(),
        words="道路开挖，等回填",
    )
    at.do(cast.supervisor, "hang", answer="yes")
    at.sees(cast.handler, "挂账")
    assert Hang.objects.get(case=at.case).granted
    at.do(cast.handler, "resume", words="路面回填了")
    at.do(cast.handler, "finish", words="已全部清运")
    at.do(cast.checker, "check", answer="passed")
    at.do(cast.acceptor, "close")
    assert at.case.state == "closed"
    assert invariants.faults() == []
