"""A sheet that leaves: words are words, numbers keep their digits, dates are dates."""

import io
import tracemalloc
import zipfile
from datetime import UTC, date, datetime

import pytest
from python_calamine import CalamineWorkbook

from gezhi.ground.sheets import writing
from gezhi.ground.sheets.writing import Column, workbook


def _cells(*rows, columns=("甲", "乙")):
    with workbook("表", [Column(title) for title in columns], rows) as held:
        return CalamineWorkbook.from_filelike(io.BytesIO(held.read())).get_sheet_by_index(0)


def _inside(*rows, name="xl/worksheets/sheet1.xml"):
    with workbook("表", [Column("甲"), Column("乙")], rows) as held:
        return zipfile.ZipFile(held).read(name).decode()


def test_a_long_number_keeps_its_digits_and_gets_no_mark():
    table = _cells(("510104202611230000123", "13800138000"), (13800138000, "0017")).to_python()
    assert table[1] == ["510104202611230000123", "13800138000"]
    assert table[2] == ["13800138000", "0017"]


def test_a_moment_is_a_real_one_on_the_clock_of_china():
    at = datetime(2026, 11, 22, 16, 30, 45, tzinfo=UTC)
    table = _cells((at, date(2026, 11, 22))).to_python()
    assert [str(cell) for cell in table[1]] == ["2026-11-23 00:30:00", "2026-11-22"]


def test_nothing_runs_and_nothing_is_a_link():
    sheet = _inside(("=1+1", "@SUM(A1)"), ("+8613800138000", "-2"), ("http://x.y", "{=1}"))
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert 'quotePrefix="1"' in _inside(("=1+1", "x"), name="xl/styles.xml")
    assert _cells(("=1+1", "@SUM(A1)")).to_python()[1] == ["=1+1", "@SUM(A1)"]


def test_the_heading_stands_still_and_filters_over_all_rows():
    sheet = _inside(("一", "二"), ("三", "四"))
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:B3"/>' in sheet


def test_a_column_is_as_wide_as_its_words_but_not_endless():
    sheet = _inside(("一二三四五六七八九十", "长" * 300))
    assert 'width="22.7' in sheet
    assert 'width="48.7' in sheet


@pytest.mark.parametrize("text", ["\ud800断了", "a\x00b\x1f", "第一行\n第二行", "长" * 40_000])
def test_any_text_gives_a_file_that_opens(text):
    cell = _cells((text, "x")).to_python()[1][0]
    assert cell
    assert len(cell) <= 32_767


def test_empty_lists_have_their_heading():
    assert _cells().to_python() == [["甲", "乙"]]


@pytest.mark.parametrize(
    ("name", "tab"),
    [("在办/已超时?", "在办已超时"), ("'", "Sheet1"), ("长" * 40, "长" * 31), ("", "Sheet1")],
)
def test_a_tab_bears_what_excel_allows(name, tab):
    assert writing.tab_name(name) == tab


def test_memory_does_not_grow_with_the_rows():
    def peak(number):
        tracemalloc.start()
        try:
            with workbook("表", [Column("甲")], (("字" * 300,) for _row in range(number))):
                return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(6000) < peak(1500) + 100_000
