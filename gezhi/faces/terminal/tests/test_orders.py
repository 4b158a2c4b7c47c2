"""gezhi orders import | export: what they print, and what they refuse."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from python_calamine import CalamineWorkbook

from gezhi.ground.sheets.models import SheetBatch
from gezhi.work.cases import actions as cases
from gezhi.work.orders import actions
from gezhi.work.orders.models import Direction, Order
from gezhi.work.orders.tests import cities

pytestmark = pytest.mark.django_db


def printed(*words):
    out = StringIO()
    call_command("orders", *map(str, words), stdout=out)
    return out.getvalue().strip()


def test_a_sheet_comes_in_and_its_rows_are_counted(cast, tmp_path):
    file = tmp_path / "工单.xlsx"
    wrong = cities.riverside_row(工单编号="B-3", 办结时限="下周三")
    file.write_bytes(cities.riverside(cities.riverside_row(), wrong))
    first, row, red = printed("import", file).splitlines()
    assert first == "rows 2 new 1 changed 0 same 0 wrong 1"
    assert row == "第 4 行：办结时限：看不懂这个时间，请写成 2026-11-30 17:30"
    page = reverse("desk:sheet_batch", args=[SheetBatch.objects.get().pk])
    assert red == f"红格的表在网页上下载：{page}"
    file.write_bytes(cities.riverside(cities.riverside_row(版本=2), wrong))
    told = json.loads(printed("import", file, "--json"))
    assert told == {
        "rows": 2, "new": 0, "changed": 1, "same": 0, "wrong": 1,
        "wrong_rows": [
            {"row": 4, "reasons": ["办结时限：看不懂这个时间，请写成 2026-11-30 17:30"]}
        ],
        "red": reverse("desk:sheet_batch", args=[max(SheetBatch.objects.values_list("pk", flat=True))]),
    }  # fmt: skip
    file.write_bytes(cities.riverside(cities.riverside_row(版本=2)))
    assert printed("import", file) == "rows 1 new 0 changed 0 same 1 wrong 0"


def test_of_a_wrong_row_no_word_of_a_person_is_printed(cast, tmp_path, client_of):
    file = tmp_path / "工单.csv"
    file.write_text(
        "工单编号,内容,诉求人,诉求人电话\nQ-1,路灯坏了,桂兰芳,1.381234567E+11\n", "utf-8"
    )
    said = printed("import", file)
    assert said.startswith(
        "rows 1 new 0 changed 0 same 0 wrong 1\n第 2 行：诉求人电话：电话被 Excel 变成了 …"
    )
    assert "38123" not in said and "桂兰芳" not in said and "路灯" not in said
    page = client_of(cast.acceptor).get(said.rpartition("：")[2])
    assert page.status_code == 200 and "红" in page.content.decode()


def test_a_sheet_nobody_knows_comes_in_by_its_mapping(cast, tmp_path):
    file = tmp_path / "工单.csv"
    file.write_text("单子,说的啥\nQ-1,路灯坏了\n", encoding="utf-8")
    with pytest.raises(CommandError, match="表里没有找到"):
        printed("import", file)
    actions.keep(
        name="土法表", direction=Direction.IN, by=cast.acceptor.viewer,
        columns=[("单子", "number"), ("说的啥", "text")],
    )  # fmt: skip
    assert printed("import", file, "--mapping", "土法表").startswith("rows 1 new 1")
    with pytest.raises(CommandError, match="没有叫这个名字的表样"):
        printed("import", file, "--mapping", "没有")


def test_replies_leave_once_and_under_a_mark(cast, tmp_path):
    file = tmp_path / "工单.xlsx"
    file.write_bytes(cities.riverside(cities.riverside_row()))
    printed("import", file)
    order = Order.objects.get()
    cases.accept(
        number=order.report.case.number, class_code="event-0102", kind="complaint",
        by=cast.acceptor.viewer, key="terminal-orders",
    )  # fmt: skip
    out = tmp_path / "回件.xlsx"
    assert printed("export", out).startswith("1 条回件，编号 ")
    rows = CalamineWorkbook.from_path(str(out)).get_sheet_by_index(0).to_python()
    assert rows[1][:3] == [order.number, "1", "签收"]
    assert "用途：回复 12345" in str(rows[-1][0])
    assert printed("export", out).startswith("0 条回件")


def test_a_file_that_is_not_there_is_said(cast, tmp_path):
    with pytest.raises(CommandError, match="读不了这个文件"):
        printed("import", tmp_path / "没有.xlsx")
