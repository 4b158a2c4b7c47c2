"""A sheet that tells of people bears who took it, when, what for and its number, wherever it goes."""

import io
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from gezhi.ground.sheets.marks import mark_for
from gezhi.ground.sheets.writing import Column, workbook
from gezhi.kernel.errors import Invalid

_PEOPLE = [Column("事项"), Column("姓名", personal=True)]


@pytest.fixture
def mark(cast):
    return mark_for(cast.li.viewer, " 核对 & 编制 ")


def _parts(mark):
    with workbook("名单", _PEOPLE, [("一", "张三")], mark=mark) as held:
        content = held.read()
    book = zipfile.ZipFile(io.BytesIO(content))
    return content, {name: book.read(name).decode() for name in book.namelist()}


def test_it_stands_below_the_rows_and_outside_of_their_filter(cast, mark):
    content, parts = _parts(mark)
    table = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert table[:2] == [["事项", "姓名"], ["一", "张三"]]
    assert table[-1][0] == mark.words
    assert cast.li.name in mark.words
    assert "用途：核对 & 编制" in mark.words
    assert mark.serial in mark.words
    assert '<autoFilter ref="A1:B2"/>' in parts["xl/worksheets/sheet1.xml"]


def test_it_stands_in_the_properties(cast, mark):
    _content, parts = _parts(mark)
    core = parts["docProps/core.xml"]
    assert cast.li.name in core
    assert f"<cp:keywords>{mark.serial}</cp:keywords>" in core
    assert "用途：核对 &amp; 编制" in core
    assert mark.serial in parts["docProps/custom.xml"]


def test_it_stands_on_every_printed_page(cast, mark):
    _content, parts = _parts(mark)
    page = parts["xl/worksheets/sheet1.xml"]
    (foot,) = re.findall(r"<oddFooter>(.*)</oddFooter>", page)
    assert cast.li.name in foot
    # "&" begins a code there, and stands twice for itself.
    assert "核对 &amp;&amp; 编制" in foot
    assert f"<oddHeader>&amp;R&amp;8 {mark.serial}</oddHeader>" in page


def test_the_longest_mark_still_fits_a_footer(cast):
    _content, parts = _parts(mark_for(cast.li.viewer, "很" * 200))
    (foot,) = re.findall(r"<oddFooter>(.*)</oddFooter>", parts["xl/worksheets/sheet1.xml"])
    assert len(foot.replace("&amp;", "&")) <= 255


def test_two_sheets_have_two_numbers(cast):
    one, other = (mark_for(cast.li.viewer, "核对").serial for _which in range(2))
    assert one != other


def test_people_do_not_leave_without_a_mark():
    with pytest.raises(ValueError, match="bears a mark"):
        workbook("名单", _PEOPLE, [("一", "张三")])


def test_without_a_purpose_there_is_none(cast):
    with pytest.raises(Invalid, match="写明拿去做什么用"):
        mark_for(cast.li.viewer, "　 ")


def test_a_list_of_nobody_bears_none():
    with workbook("清单", [Column("事项")], [("一",)]) as held:
        assert "docProps/custom.xml" not in zipfile.ZipFile(held).namelist()
