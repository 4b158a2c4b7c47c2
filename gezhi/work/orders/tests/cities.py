"""Sheets of three cities, generated: each of another shape, none of a real person."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

# A day in a spreadsheet's count: 2026-12-03 17:30.
SERIAL = 46359.0 + 17.5 / 24

RIVERSIDE = ("工单编号", "版本", "诉求类型", "分类", "标题", "诉求内容", "诉求人", "联系电话", "是否保密",
             "事发地址", "派发时间", "办结时限", "状态")  # fmt: skip


def riverside(*rows: dict[str, Any]) -> bytes:
    """One row of headings under a title over the whole width; dates as serial numbers."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("派单")
        sheet.merge_range(0, 0, 0, len(RIVERSIDE) - 1, "滨江市 12345 热线派单表（2026 年 11 月）")
        sheet.write_row(1, 0, RIVERSIDE)
        for at, row in enumerate(rows, start=2):
            whole = riverside_row() | row
            sheet.write_row(at, 0, [whole[title] for title in RIVERSIDE])
    return buffer.getvalue()


def riverside_row(**changes: Any) -> dict[str, Any]:
    """A good row of it."""
    return {
        "工单编号": "BJ20261123000017", "版本": 1, "诉求类型": "投诉", "分类": "环境卫生>垃圾清运",
        "标题": "垃圾没人清", "诉求内容": "楼下两袋建筑垃圾三天没人清", "诉求人": "林女士",
        "联系电话": "13812340017", "是否保密": "否", "事发地址": "桐花苑1栋", "派发时间": SERIAL - 10,
        "办结时限": SERIAL, "状态": "待签收",
    } | changes  # fmt: skip


_HILLTOP_ABOVE = ("流水号", "诉求人信息", "", "", "诉求", "", "", "时限", "", "承办单位")
_HILLTOP_BELOW = (
    "",
    "姓名",
    "联系电话",
    "是否保密",
    "类型",
    "类别",
    "描述",
    "签收",
    "要求办结时间",
    "",
)


def hilltop(rows: Sequence[Sequence[Any]]) -> bytes:
    """Two rows of headings with merged cells; full-width digits, dates as text."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, _HILLTOP_ABOVE)
        sheet.write_row(1, 0, _HILLTOP_BELOW)
        for column in (0, 9):
            sheet.merge_range(0, column, 1, column, _HILLTOP_ABOVE[column])
        for first, last in ((1, 3), (4, 6), (7, 8)):
            sheet.merge_range(0, first, 0, last, _HILLTOP_ABOVE[first])
        for at, row in enumerate(rows, start=2):
            sheet.write_row(at, 0, row)
    return buffer.getvalue()


def hilltop_row(number: str = "００８１２３４５", **changes: Any) -> list[Any]:
    """A good row of it."""
    row = {
        "number": number, "name": "何先生", "phone": "１３８１２３４００１８", "confidential": "",
        "kind": "求助", "class": "路灯不亮", "text": "小区门口路灯坏了一周", "sign": "2026年11月24日 9时30分",
        "due": "2026年12月1日", "lead": "桐花街道",
    } | changes  # fmt: skip
    return list(row.values())


def seaside(*rows: Sequence[str]) -> bytes:
    """A CSV in GB 18030 as their system writes it: apostrophes before numbers, a remark above."""
    headings = ("序号", "诉求编号", "反映内容", "来电号码", "来电人", "要求保密", "限办时间")
    lines = ["说明：请各单位按时限办理,,,,,,", ",".join(headings)]
    lines += [",".join([str(at), *row]) for at, row in enumerate(rows, start=1)]
    return "\r\n".join(lines).encode("gb18030")
