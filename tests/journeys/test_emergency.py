"""One emergency from the switch to the report: chief, grid workers and crew, each at their own screen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page as Screen
from playwright.sync_api import expect

from gezhi.faces.desk.emergency.tests import addresses as emergency
from gezhi.kernel import clock
from gezhi.kernel.viewer import Role
from gezhi.records.posts import actions as posts
from gezhi.records.posts.models import Page
from gezhi.work.cases.models import Case, ReportWords
from gezhi.work.cases.tests.playing import Play
from gezhi.work.emergency.models import Answer, Emergency, EmergencyCase, LogLine
from gezhi.work.emergency.watching import watch
from tests.cast import SET_UP, SYSTEM, Cast
from tests.journeys.test_accessible import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Seats = Callable[..., Screen]
WET = "event-0406"


def _second_chief(cast: Cast) -> None:
    """The checker is a duty chief, too: where the first does not answer, the next is called."""
    street = cast.street
    post = posts.create_post(
        unit=street.centre, area_id=street.street.pk, role=Role.SUPERVISOR, name="副值班长",
        by=SYSTEM,
    )  # fmt: skip
    posts.appoint(post=post, user=cast.checker.user, by=SYSTEM, from_at=SET_UP)


def _switch_on(chief: Screen) -> Emergency:
    chief.goto("/desk/emergency/new/")
    area = chief.locator("[name=area]")
    area.select_option(label="桐花街道")
    chief.locator("[name=plan][value=flood]").check(force=True)
    chief.fill("[name=reason]", "城东暴雨红色预警")
    chief.locator("main form .button.main").click()
    expect(
        chief.get_by_role("heading", name="在桐花街道打开“水（防汛内涝）”应急？")
    ).to_be_visible()
    chief.get_by_role("button", name="打开应急").click()
    expect(chief.locator("#board-live")).to_be_visible()
    return Emergency.objects.get()


def _answer(phone: Screen, *, trouble: str = "") -> None:
    phone.goto("/pocket/")
    phone.get_by_role("link", name="报平安，或报有事").click()
    if trouble:
        phone.fill("[name=text]", trouble)
        phone.get_by_role("button", name="有事，报上去").click()
        expect(phone.get_by_text("报上去了，指挥的人看得到")).to_be_visible()
    else:
        phone.get_by_role("button", name="平安，没有事").click()
        expect(phone.get_by_text("报了平安，指挥的人看得到")).to_be_visible()


def _ask_again(board: Screen) -> None:
    """What the board does every twenty seconds, and when its tab comes to the front."""
    board.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def _minutes_later(minutes: int) -> None:
    """The clock of the office goes on, counted from the last call: browsers live in the world's time."""
    last = Page.objects.latest("called_at").called_at
    with clock.moved_to(last + timedelta(minutes=minutes)):
        watch()


def _tab(board: Screen, name: str) -> None:
    board.locator(".tabs a").filter(has_text=name).click()
    expect(board.locator(".tabs [aria-current]")).to_contain_text(name)


def test_a_flood_from_the_switch_to_the_report(cast: Cast, seat: Seats) -> None:
    _second_chief(cast)
    chief = seat(cast.wang)
    row = _switch_on(chief)
    url = f"/desk/emergency/{row.pk}/"

    # The grids answer; the board that stands open learns of it by itself and leaves the focus where it is.
    chief.goto(f"{url}?show=grids")
    expect(chief.locator(".emergency-grids .badge").filter(has_text="未报")).to_have_count(3)
    tab = chief.locator(".tabs a").filter(has_text="日志")
    tab.focus()
    _answer(seat(cast.zhang, small=True))
    _answer(seat(cast.zhao, small=True), trouble="3 栋地下室进水")
    _ask_again(chief)
    trouble = chief.locator(".emergency-grids li.trouble")
    expect(trouble).to_contain_text("3 栋地下室进水")
    expect(chief.locator(".emergency-grids li.safe")).to_have_count(1)
    expect(chief.locator(".emergency-grids li.silent")).to_have_count(1)
    expect(tab).to_be_focused()

    # A resident reports of a class of the plan: it is one of the emergency.
    with clock.moved_to(row.on_at + timedelta(seconds=5)):
        wet = Play(cast).report(class_code=WET, urgency="urgent").case
        watch()
    assert EmergencyCase.objects.filter(case=wet, how="class").exists()

    # The first duty chief does not answer, the next does.
    first = Page.objects.get(user_id=cast.supervisor.user_id)
    assert not Page.objects.filter(user_id=cast.checker.user_id).exists()
    _minutes_later(30)
    first.refresh_from_db()
    assert first.outcome == "no_answer"
    second = seat(cast.checker)
    second.goto(url)
    second.get_by_role("button", name="我来").click()
    expect(second.get_by_text("记下了：您到岗")).to_be_visible()

    # One major case, with a person who takes it whole.
    case = Answer.objects.get(said="trouble").case
    assert case is not None
    chief.goto(url)
    line = chief.locator(".emergency-case").filter(has_text="3 栋地下室进水")
    line.get_by_role("link", name="列为重大事件…").click()
    chief.locator("[name=named]").select_option(label=cast.supervisor.name)
    chief.get_by_role("button", name="列上，点名").click()
    expect(chief.locator(".emergency-case")).to_contain_text(cast.supervisor.name)

    # A notice to many at once.
    chief.get_by_role("link", name="发通知…").click()
    chief.locator("[name=told][value=workers]").check(force=True)
    chief.fill("[name=text]", "请关好地下车库挡板")
    chief.get_by_role("button", name="发出去").click()
    expect(chief.get_by_text("通知发给了")).to_be_visible()
    worker = seat(cast.zhang, small=True)
    worker.goto("/pocket/")

    _tab(chief, "队伍")
    crew = chief.locator(".emergency-crew").first
    expect(crew).to_contain_text("没有应答")
    expect(crew).to_contain_text("已应答")
    visitor = Visitor(seat(cast.wang))
    visitor.visit(
        url, f"{url}?show=grids", f"{url}?show=crew", f"{url}?show=log", f"{url}?show=major",
        f"{url}off/", f"{url}notice/", f"{url}cases/{case.number}/major/", "/desk/emergency/",
        "/desk/emergency/new/",
    )  # fmt: skip
    assert visitor.faults == []

    # Off; a board that stands open elsewhere says so and asks no more.
    second.goto(url)
    chief.goto(f"{url}off/")
    chief.fill("[name=summary]", "雨停了，积水退完，两件接着办")
    chief.locator("[name=goes_on]").check(force=True)
    chief.get_by_role("button", name="关闭应急，出报告").click()
    expect(chief.get_by_text("已关闭，这是报告")).to_be_visible()
    _ask_again(second)
    expect(second.get_by_role("link", name="马上刷新")).to_have_count(0)
    assert second.locator("[data-refreshes]").count() == 0

    _is_whole_on_paper(chief, row, case)
    visitor.visit(f"{url}report/")
    assert visitor.faults == []


def _is_whole_on_paper(chief: Screen, row: Emergency, case: Case) -> None:
    """The report tells every line of the log, on the page that is printed and as a PDF."""
    chief.goto(f"/desk/emergency/{row.pk}/report/")
    with chief.expect_download() as made:
        chief.get_by_role("button", name="PDF").click()
    assert made.value.path().read_bytes().startswith(b"%PDF")
    # A download leaves the page as it stands: the other ways are free again.
    expect(chief.locator("form[data-sent]")).to_have_count(0)
    with chief.expect_download() as made:
        chief.get_by_role("button", name="Word").click()
    assert made.value.suggested_filename.endswith(".docx")
    expect(chief.locator("form[data-sent]")).to_have_count(0)
    chief.get_by_role("button", name="用网页打印").click()
    chief.emulate_media(media="print")
    expect(chief.locator(".no-print").first).to_be_hidden()
    lines = chief.locator("h2:text-is('日志') + table tbody tr")
    expect(lines).to_have_count(LogLine.objects.filter(emergency=row).count())
    log = chief.locator("h2:text-is('日志') + table").inner_text()
    for words in ("打开", "点名", "报平安", "报有事", "事件纳入", "呼叫", "没有应答", "应答",
                  "列为重大事件", "点名负责", "发通知", "请关好地下车库挡板", "关闭", case.number):  # fmt: skip
        assert words in log, (words, log)


def test_without_a_net_the_answer_waits_on_the_phone_and_goes_by_itself(
    cast: Cast, seat: Seats
) -> None:
    emergency.furnish(cast)
    row = emergency.values(cast)["emergency_id"]
    # The furnished clock stands behind the world's, in which phones live.
    address = f"/pocket/roll-call/{row}/{cast.street.next_grid.pk}/"
    phone = seat(cast.zhao, small=True)
    phone.goto(address)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="平安，没有事").click()
    expect(phone.get_by_text("记在手机上了，有网马上自动报")).to_be_visible()
    assert not Answer.objects.filter(grid=cast.street.next_grid).exists()
    phone.context.set_offline(False)
    expect(phone.get_by_text("报了平安，指挥的人看得到")).to_be_visible()
    first = Answer.objects.get(grid=cast.street.next_grid)

    # The page closed before the net was back: the next page that shows the roll call sends it.
    phone.goto(address)
    phone.context.set_offline(True)
    phone.fill("[name=text]", "2 栋楼道积水")
    phone.get_by_role("button", name="有事，报上去").click()
    expect(phone.get_by_text("记在手机上了，有网马上自动报")).to_be_visible()
    other = phone.context.new_page()
    phone.close()
    phone = other
    phone.context.set_offline(False)
    phone.goto("/pocket/")
    expect(phone.get_by_text("报上去了，指挥的人看得到")).to_be_visible()
    newest = Answer.objects.filter(grid=cast.street.next_grid).latest("answered_at")
    assert newest.said == "trouble"
    words = ReportWords.objects.get(report__first_case=newest.case_id)
    assert words.text == "2 栋楼道积水"
    assert newest.answered_at > first.answered_at


def test_the_board_and_the_phone_as_small_screens_see_them(cast: Cast, seat: Seats) -> None:
    emergency.furnish(cast)
    values = emergency.values(cast)
    row, grid = values["emergency_id"], cast.street.grid.pk
    url = f"/desk/emergency/{row}/"
    chief = Visitor(seat(cast.supervisor, small=True))
    chief.visit(
        "/desk/", "/desk/emergency/", "/desk/emergency/new/", url, f"{url}?show=grids",
        f"{url}?show=crew", f"{url}?show=log", f"{url}off/", f"{url}notice/", f"{url}report/",
        f"{url}cases/{values['case_number']}/major/",
    )  # fmt: skip
    worker = Visitor(seat(cast.zhang, small=True))
    worker.visit("/pocket/", f"/pocket/roll-call/{row}/{grid}/", "/pocket/rota/")
    assert chief.faults + worker.faults == []


def test_the_board_is_read_by_keyboard_alone_and_asks_again_around_the_focus(
    cast: Cast, seat: Seats
) -> None:
    emergency.furnish(cast)
    row = emergency.values(cast)["emergency_id"]
    chief = seat(cast.wang)
    chief.goto(f"/desk/emergency/{row}/")
    major = chief.get_by_role("link", name="列为重大事件…")
    for _tab in range(40):
        if major.evaluate("link => link === document.activeElement"):
            break
        chief.keyboard.press("Tab")
    chief.locator("#board-live").evaluate("piece => { piece.dataset.old = 'yes'; }")
    _ask_again(chief)
    expect(chief.locator("#board-live:not([data-old])")).to_be_visible()
    expect(major).to_be_focused()
    chief.keyboard.press("Enter")
    chief.wait_for_url("**/major/")
