"""Pages along the id."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gezhi.kernel.paging import (
    BadCursor,
    Page,
    cursor_of,
    page_of,
    page_size,
    row_id_of,
)


@dataclass
class Row:
    id: int


@given(row_id=st.integers(0, 2**63 - 1))
def test_a_cursor_leads_back_to_its_row(row_id):
    cursor = cursor_of(row_id)
    assert row_id_of(cursor) == row_id
    assert len(cursor) == 11
    assert str(row_id) not in cursor or row_id < 100


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "A" * 10, "A" * 12, "!" * 11, "AAAAAAAAAAB", "_" * 11, "１" * 11, "A\nAAAAAAAAA"],
)
def test_what_is_no_cursor_is_refused(cursor):
    with pytest.raises(BadCursor):
        row_id_of(cursor)


@pytest.mark.parametrize("row_id", [-1, 2**63])
def test_what_is_no_row_id_gets_no_cursor(row_id):
    with pytest.raises(ValueError, match="63 bits"):
        cursor_of(row_id)


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        (None, 50),
        ("20", 20),
        (20, 20),
        ("0", 1),
        ("-5", 1),
        ("999999", 200),
        ("many", 50),
        ("", 50),
    ],
)
def test_a_page_has_between_one_and_two_hundred_rows(asked, size):
    assert page_size(asked) == size


def test_the_default_size_is_the_callers():
    assert page_size(None, default=10) == 10
    assert page_size("many", default=10) == 10


def test_a_page_with_a_row_to_spare_says_where_to_go_on():
    page = page_of([Row(9), Row(8), Row(7)], 2)
    assert page.rows == (Row(9), Row(8))
    assert row_id_of(page.after) == 8


def test_the_last_page_ends():
    assert page_of([Row(9), Row(8)], 2) == Page((Row(9), Row(8)), "")
    assert page_of([], 2) == Page((), "")


def test_every_row_is_met_once_however_many_come_in_between():
    rows = [Row(number) for number in range(100, 0, -1)]
    met: list[int] = []
    after = ""
    while True:
        rest = [row for row in rows if not after or row.id < row_id_of(after)]
        page = page_of(rest[:8], 7)
        met += [row.id for row in page.rows]
        rows.insert(0, Row(rows[0].id + 1))
        after = page.after
        if not after:
            break
    assert met == list(range(100, 0, -1))
