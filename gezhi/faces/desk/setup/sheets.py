"""The staff list as a workbook: a template to fill, a filled one read, bad rows given back."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.sheets import reading
from gezhi.kernel.errors import Invalid
from gezhi.records.posts.staffing import MOST_ROWS, Checked, StaffRow

MOST_BYTES = 5_000_000
_WIDTHS = (12, 12, 16, 24, 14, 18, 22, 18, 30)
COLUMNS = {
    "staff_number": gettext_lazy("工号"),
    "name": gettext_lazy("姓名"),
    "phone": gettext_lazy("手机"),
    "unit": gettext_lazy("单位"),
    "role": gettext_lazy("角色"),
    "post": gettext_lazy("岗位名称"),
    "area": gettext_lazy("负责区域"),
    "profession": gettext_lazy("专业力量"),
    "meeting_words": gettext_lazy("何时何处可见"),
}
_NEEDED = {"staff_number", "name"}
Book = Any


def template(units: Sequence[str], roles: Sequence[str], professions: Sequence[str]) -> bytes:
    """An empty workbook with boxes to choose units, roles and professions from, and how to fill it."""
    buffer = io.BytesIO()
    with _book(buffer) as book:
        sheet = _head(book, [])
        notes = book.add_worksheet(_("填写说明"))
        for place, line in enumerate(_instructions()):
            notes.write_string(place, 0, line)
        notes.set_column(0, 0, 80)
        lists = book.add_worksheet(_("可选项"))
        for column, (cell, words) in enumerate(
            (("unit", units), ("role", roles), ("profession", professions))
        ):
            lists.write_string(0, column, str(COLUMNS[cell]))
            for place, word in enumerate(words, start=1):
                lists.write_string(place, column, word)
            if words:
                letter = "ABC"[column]
                source = f"='{lists.get_name()}'!${letter}$2:${letter}${len(words) + 1}"
                at = list(COLUMNS).index(cell)
                sheet.data_validation(
                    1, at, MOST_ROWS, at,
                    {"validate": "list", "source": source, "error_type": "warning"},
                )  # fmt: skip
        lists.set_column(0, 2, 24)
    return buffer.getvalue()


def bad_rows(checked: Sequence[Checked]) -> bytes:
    """The rows with problems as a workbook like the one that came: cells red, reasons at the end."""
    buffer = io.BytesIO()
    with _book(buffer) as book:
        sheet = _head(book, [_("要改的地方")])
        plain = book.add_format({"num_format": "@"})
        red = book.add_format({"num_format": "@", "bg_color": "#F8D7DA", "border": 1})
        for place, line in enumerate(checked, start=1):
            for column, cell in enumerate(COLUMNS):
                style = red if cell in line.problems else plain
                sheet.write_string(place, column, getattr(line.row, cell), style)
            reasons = "；".join(f"{COLUMNS[cell]}：{why}" for cell, why in line.problems.items())
            sheet.write_string(place, len(COLUMNS), reasons)
        sheet.set_column(len(COLUMNS), len(COLUMNS), 60)
    return buffer.getvalue()


def read(content: bytes) -> list[StaffRow]:
    """The rows of a filled workbook, texts as shown; columns are found by their names.

    Refuses (Invalid) a file that is no workbook, lacks a needed column, or is too long.
    """
    if len(content) > MOST_BYTES:
        raise Invalid(_("文件太大，最多 5 MB"), field="file")
    # Some rows more than people: empty ones between them are no fault.
    found = reading.read(content, most_rows=MOST_ROWS + 500)
    if found.more:
        raise Invalid(
            _("表太长：一次最多 %(most)s 人，请分成几张表") % {"most": MOST_ROWS}, field="file"
        )
    table = found.rows
    if not table:
        raise Invalid(_("表是空的，请从第二行开始填写"), field="file")
    named = {word.rstrip("*＊ "): place for place, word in enumerate(table[0])}
    places = {cell: named[str(title)] for cell, title in COLUMNS.items() if str(title) in named}
    if missing := [str(COLUMNS[cell]) for cell in COLUMNS if cell in _NEEDED - places.keys()]:
        raise Invalid(
            _("第一行缺少这些列：%(names)s。请用模板") % {"names": "、".join(missing)}, field="file"
        )
    rows = [
        StaffRow(**{cell: line[place][:200] for cell, place in places.items()})
        for line in table[1:]
    ]
    return [row for row in rows if row != StaffRow()]


def _book(buffer: io.BytesIO) -> Book:
    return xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )


def _head(book: Book, more: Sequence[str]) -> Any:
    sheet = book.add_worksheet(_("人员"))
    bold = book.add_format({"bold": True, "bottom": 1})
    text = book.add_format({"num_format": "@"})
    titles = [f"{title}{'*' if cell in _NEEDED else ''}" for cell, title in COLUMNS.items()]
    for column, title in enumerate([*titles, *more]):
        sheet.write_string(0, column, title, bold)
    for column, width in enumerate(_WIDTHS):
        # Text cells keep leading zeros of numbers that people type.
        sheet.set_column(column, column, width, text)
    sheet.freeze_panes(1, 0)
    return sheet


def _instructions() -> list[str]:
    return [
        _("一行一个人，从第二行开始；带 * 的必填。"),
        _("工号用来登录，2 至 30 位字母或数字，不能与别人重复。"),
        _("单位、角色、专业力量从下拉框里选；只建账号不安排岗位，就都空着。"),
        _("负责区域填街道、社区或网格的名称或代码；空着就是单位所在的区域。"),
        _("上传后先核对再导入；有问题的行会单独退回，红色的格子是要改的。"),
        _("系统管理员、安全管理员、审计管理员不能用表格导入。"),
    ]
