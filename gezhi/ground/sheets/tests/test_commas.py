"""CSV for people: the mark at the beginning, read back by our own reader."""

import gzip

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
