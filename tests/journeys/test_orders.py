"""A messy sheet of 12345 from the upload to the reconciliation, at the acceptor's own screen."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page as Screen
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from gezhi.kernel import clock
from gezhi.work.cases import actions as cases
from gezhi.work.cases.tests.playing import Play
from gezhi.work.orders.models import Difference, Mapping, Order, Reply
from gezhi.work.orders.tests import cities
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Seats = Callable[..., Screen]


def _upload(desk: Screen, path: Path) -> None:
    desk.goto("/desk/orders/")
    desk.get_by_role("link", name="导入工单表").first.click()
    desk.set_input_files("[name=file]", path)
    desk.get_by_role("button", name="上传核对").click()
    expect(desk.get_by_role("heading", name="核对 12345 工单")).to_be_visible()


def _begin(desk: Screen, rows: int) -> None:
    desk.get_by_role("button", name=f"导入这 {rows} 行").click()
    expect(desk.get_by_role("heading", name="12345 工单：已导入")).to_be_visible()


def _saved(desk: Screen, press: str, folder: Path, name: str) -> list[list[object]]:
    with desk.expect_download() as coming:
        desk.get_by_role("button", name=press).click()
    path = folder / name
    coming.value.save_as(path)
    return [
        list(row) for row in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    ]


def _sheet(path: Path, *rows: list[object]) -> Path:
    path.write_bytes(cities.hilltop(rows))
    return path


def test_a_messy_sheet_is_mapped_mended_worked_said_back_and_reconciled(
    cast: Cast, seat: Seats, tmp_path: Path
) -> None:
    desk = seat(cast.acceptor)
    good = cities.hilltop_row()
    broken = cities.hilltop_row("００８１２３４６", phone="1.38E+10", text="楼道灯不亮")
    hidden = cities.hilltop_row(
        "００８１２３４７", confidential="是", text="邻居夜里装修", phone=""
    )
    _upload(desk, _sheet(tmp_path / "来.xlsx", good, broken, hidden))
    # Its two rows of headings are read; it is kept for the next time.
    desk.fill("#mapping-name", "山上市派单表")
    desk.get_by_role("button", name="存成表样").click()
    expect(desk.get_by_text("存下了“山上市派单表”第 1 版")).to_be_visible()
    assert Mapping.objects.get().version == 1
    # The wrong row goes back in their own workbook, for a purpose.
    batch = desk.url
    desk.get_by_role("link", name="下载要改的行（红格）").click()
    desk.fill("[name=purpose]", "退回热线改号码")
    back = _saved(desk, "下载", tmp_path, "退回.xlsx")
    # The page stands as it stood; whoever lost the file takes it once more.
    expect(desk.locator("form[data-sent]")).to_have_count(0)
    assert _saved(desk, "下载", tmp_path, "再退回.xlsx")[:3] == back[:3]
    assert back[1][-1] == "退回原因"
    assert "1.38E+10" in str(back[2][-1])
    assert len([row for row in back[2:] if row[-1]]) == 1
    desk.goto(batch)
    _begin(desk, 2)
    assert set(Order.objects.values_list("number", flat=True)) == {"00812345", "00812347"}
    # Put right, it is pasted as it came back, the column of reasons with it.
    back[2][2] = "13812340019"
    lines = ["\t".join(str(cell) for cell in row) for row in back[:3]]
    desk.goto("/desk/orders/paste/")
    desk.fill("[name=text]", "\n".join(lines))
    desk.get_by_role("button", name="核对").click()
    _begin(desk, 1)
    # The same sheet once more: nothing is new, and it says so.
    _upload(desk, _sheet(tmp_path / "再来.xlsx", good, hidden))
    expect(desk.get_by_text("没有要导入的：都和现在一样")).to_be_visible()
    _worked_to_its_end(cast)
    desk.goto("/desk/orders/export/")
    desk.fill("[name=purpose]", "回传市热线")
    said = _saved(desk, "下载回件表", tmp_path, "回件.xlsx")
    kinds = [row[2] for row in said[1:] if row[2]]
    assert (kinds[0], kinds[-1]) == ("签收", "办结")
    assert not Reply.objects.filter(written_at=None, order__confidential=False).exists()
    _reconciled(desk, tmp_path, good, hidden)


def _worked_to_its_end(cast: Cast) -> None:
    """One order accepted, sent, taken, finished, checked and closed by whoever does it in life."""
    order = Order.objects.get(number="00812345")
    report = order.report
    play = Play(cast)
    play.receipt = cases.Receipt(
        report_id=report.pk, number=report.number, code="", promised_at=report.promised_at,
        unit_name="", community_id=None, grid_id=None, case_number=report.case.number,
    )  # fmt: skip
    # Browsers live in the world's time: it is worked after it came.
    with clock.moved_to(order.arrived_at + timedelta(minutes=1)):
        play.accept(kind="help").dispatch().take().finish().check()
        play.do(cases.close, cast.acceptor.viewer, words="路灯已修好")


def _reconciled(desk: Screen, folder: Path, good: list[object], hidden: list[object]) -> None:
    """Their sheet of the evening: one still open there, one with another due time, one unknown."""
    moved = list(hidden)
    moved[8] = "2026年12月9日"
    unknown = cities.hilltop_row("００８１２３９９")
    desk.goto("/desk/orders/reconciliations/")
    desk.set_input_files("[name=file]", _sheet(folder / "对账.xlsx", good, moved, unknown))
    desk.get_by_role("button", name="比一比").click()
    expect(desk.get_by_text("以他们的时限为准")).to_be_visible()
    expect(desk.get_by_text("他们有，我们没有")).to_be_visible()
    assert set(Difference.objects.values_list("gap", flat=True)) == {"due", "not_here", "not_there"}
    expect(desk.get_by_text("何先生")).to_have_count(0)
