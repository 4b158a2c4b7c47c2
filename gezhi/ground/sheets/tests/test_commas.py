"""CSV for people: the mark at the beginning, read back by our own reader."""

import csv
import gzip
import io
from pathlib import Path

import pytest

from gezhi.ground.sheets import commas, reading

ROWS = [("工号", "姓名"), ("0017", '王,"小"\n明')]


@pytest.mark.parametrize("packed", [False, True])
def test_a_table_begins_with_the_mark_and_is_read_back_without_it(tmp_path, packed):
    path = tmp_path / "x"
    with commas.opened(path, packed=packed) as rows:
        rows.writerows(ROWS)
    content = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
    assert content.startswith("\ufeff工号".encode())
    assert content == commas.content(ROWS)
    assert reading.read(content, most_rows=9).rows == [list(row) for row in ROWS]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "-", "=路灯"]
)
def test_what_a_spreadsheet_would_reckon_stands_behind_an_apostrophe(cell):
    text = commas.content([("7", cell)]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["7", f"'{cell}".replace("\r", "\n")]
    ]


@pytest.mark.parametrize("cell", ["路灯=坏了", "1=1", "-3.5", "+8613800000000", "", -3.5, 0])
def test_words_and_numbers_stay_as_they_are(cell):
    assert commas.content([("x", cell)]).decode("utf-8-sig") == f"x,{cell}\n"


def test_every_table_of_commas_is_written_here():
    house = Path(commas.__file__).parents[2]
    writers = ("csv.writer(", "DictWriter(")
    found = {
        path.relative_to(house).as_posix()
        for path in house.rglob("*.py")
        if "tests" not in path.parts and any(one in path.read_text("utf-8") for one in writers)
    }
    assert found == {"ground/sheets/commas.py"}
