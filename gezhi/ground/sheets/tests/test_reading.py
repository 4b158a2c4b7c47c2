"""Workbooks strangers make: read as texts, or refused in a sentence, and never at our cost."""

import io
import resource
import zipfile

import pytest
import xlsxwriter

from gezhi.ground.sheets import reading
from gezhi.kernel.errors import Invalid


def workbook(*cells, password=False):
    """An xlsx with these (row, column, value)."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for row, column, value in cells:
            sheet.write(row, column, value)
    return buffer.getvalue()


def changed(content, name, change):
    """The same archive with one part changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", 8) as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part == name else data)
    return made.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
SMALL = workbook((0, 0, "工号"), (0, 1, "手机"), (1, 0, "007"), (1, 1, 13900139000))


def read(content, most_rows=1000):
    return reading.read(content, most_rows=most_rows)


def refused(content):
    with pytest.raises(Invalid) as refusal:
        read(content)
    assert refusal.value.field == "file"
    return refusal.value.code


def test_cells_come_as_they_look():
    assert read(SMALL) == reading.Read([["工号", "手机"], ["007", "13900139000"]], more=False)


def test_more_rows_than_wanted_are_not_carried_but_known():
    long = workbook(*((row, 0, "x") for row in range(50)))
    found = read(long, most_rows=10)
    assert (len(found.rows), found.more) == (10, True)


def test_a_hundred_thousand_rows_are_known_to_be_too_many():
    long = workbook(*((row, 0, "x") for row in range(100_000)))
    assert read(long).more


@pytest.mark.parametrize("far", [(1_048_575, 16_383), (60_000, 16_383)])
def test_a_cell_far_away_costs_no_memory_of_ours(far):
    content = workbook((0, 0, "工号"), (*far, "x"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refused(content) == "sheet_too_large"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_an_archive_that_unpacks_without_end_is_refused():
    bomb = changed(SMALL, SHEET, lambda data: data + b" " * 160_000_000)
    assert len(bomb) < 1_000_000
    assert refused(bomb) == "sheet_too_large"


def test_an_archive_of_many_parts_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(3000):
            archive.writestr(f"{number}.xml", b"")
    assert refused(made.getvalue()) == "sheet_too_large"


def test_entities_are_not_unfolded():
    laughs = b"".join(
        b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 12)
    )
    head = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "ha">' + laughs + b"]>"

    def laugh(data):
        return head + data.partition(b"?>")[2].replace(b"<t>007</t>", b"<t>&l11;</t>", 1)

    bomb = changed(SMALL, "xl/sharedStrings.xml", laugh)
    try:
        rows = read(bomb).rows
    except Invalid:
        return
    assert sum(len(cell) for row in rows for cell in row) < 10_000


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 not an archive",
        SMALL[: len(SMALL) // 2],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"one word",
        b"%PDF-1.4",
    ],
)
def test_what_is_no_workbook_is_refused(content):
    assert refused(content) == "sheet_unreadable"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_text_of_wps_or_excel_is_a_table_too(encoding, mark):
    text = f'工号{mark}姓名\r\n0017{mark}王\r\n\r\n2{mark}"李,四"\r\n'
    found = reading.read(text.encode(encoding), most_rows=3)
    assert found.rows[:2] == [["工号", "姓名"], ["0017", "王"]]
    assert found.more


def test_a_locked_archive_is_told_as_such():
    locked = bytearray(SMALL)
    # The flag "encrypted" of the first part, in the table of contents at the end.
    place = locked.index(b"PK\x01\x02")
    locked[place + 8] |= 1
    assert refused(bytes(locked)) == "sheet_password"


def test_a_number_is_read_with_the_zeros_that_its_format_shows():
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet("人员")
        sheet.write_row(0, 0, ["工号", "人数"])
        sheet.write_number(1, 0, 17, book.add_format({"num_format": "00000"}))
        sheet.write_number(1, 1, 17, book.add_format({"num_format": "0.00"}))
        sheet.write_number(2, 0, 123456, book.add_format({"num_format": "00000"}))
        sheet.write_string(2, 1, "7", book.add_format({"num_format": "00000"}))
    rows = reading.read(held.getvalue(), most_rows=9).rows
    assert rows[1:] == [["00017", "17"], ["123456", "7"]]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_csv_in_utf_16_is_read_by_its_mark(encoding):
    mark = "" if encoding == "utf-16" else "\ufeff"
    text = f"{mark}工单编号\t内容\r\nA-1\t路灯坏了\r\n"
    assert read(text.encode(encoding)).rows == [["工单编号", "内容"], ["A-1", "路灯坏了"]]


def test_a_number_shown_in_powers_of_ten_has_its_digits():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "电话")
        sheet.write(1, 0, 13800000000, book.add_format({"num_format": "0.00E+00"}))
    assert read(buffer.getvalue()).rows[1] == ["13800000000"]
