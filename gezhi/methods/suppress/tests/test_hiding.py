"""What is pinned up tells no small number, nor lets one be reckoned: asked of a reader who can do sums."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from gezhi.methods.suppress.hiding import LEAST, hide, with_totals

COUNTS = st.tuples(st.integers(1, 5), st.integers(1, 5)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(0, 12), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)

SMALL_COUNTS = st.tuples(st.integers(1, 3), st.integers(1, 3)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(0, 7), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)


def reckoned(shown: list[list[int | None]]) -> dict[tuple[int, int], tuple[float, float]]:
    """The least and the most each hidden number can be, by everything written and all the sums.

    The reader knows that nothing is written as 0: what is hidden is at least one.
    """
    rows, columns = len(shown), len(shown[0])
    hidden = [(r, c) for r in range(rows) for c in range(columns) if shown[r][c] is None]
    place = {cell: at for at, cell in enumerate(hidden)}
    equations, rest = [], []

    def equation(cells: list[tuple[int, int]], total: tuple[int, int]) -> None:
        line, known = np.zeros(len(hidden)), 0.0
        for sign, cell in [*((1, one) for one in cells), (-1, total)]:
            written = shown[cell[0]][cell[1]]
            if written is None:
                line[place[cell]] += sign
            else:
                known += sign * written
        equations.append(line)
        rest.append(-known)

    for row in range(rows):
        equation([(row, column) for column in range(columns - 1)], (row, columns - 1))
    for column in range(columns):
        equation([(row, column) for row in range(rows - 1)], (rows - 1, column))
    found = {}
    for cell in hidden:
        ends = []
        for sign in (1, -1):
            aim = np.zeros(len(hidden))
            aim[place[cell]] = sign
            answer = linprog(aim, A_eq=np.array(equations), b_eq=np.array(rest), bounds=(1, None))
            ends.append(sign * answer.fun if answer.status == 0 else sign * -np.inf)
        found[cell] = (ends[0], ends[1])
    return found


@settings(max_examples=60, deadline=None)
@given(COUNTS)
def test_no_hidden_number_can_be_told_from_what_is_written(counts):
    for least, most in reckoned(hide(counts)).values():
        assert most >= least + 1 - 1e-6


@settings(max_examples=150, deadline=None)
@given(SMALL_COUNTS)
def test_another_table_with_the_same_written_numbers_is_there_for_each_hidden_one(counts):
    whole, shown = with_totals(counts), hide(counts)
    hidden = {
        (row, column) for row, numbers in enumerate(shown) for column, one in enumerate(numbers)
        if one is None
    }  # fmt: skip
    other = {
        cell
        for table in tables_near(counts, shown)
        for cell in hidden
        if table[cell[0]][cell[1]] != whole[cell[0]][cell[1]]
    }
    assert other == hidden


def tables_near(counts, shown):
    """Every table a reader of `shown` may think of whose inner numbers are at most one off."""
    ranges = [
        range(max(1, number - 1), number + 2) if written is None else (number,)
        for numbers, row in zip(counts, shown, strict=False)
        for number, written in zip(numbers, row, strict=False)
    ]
    width = len(counts[0])
    for inner in product(*ranges):
        rows = [inner[at : at + width] for at in range(0, len(inner), width)]
        table = with_totals(rows)
        if all(
            written in (None, number)
            for numbers, row in zip(table, shown, strict=True)
            for number, written in zip(numbers, row, strict=True)
        ):
            yield table


def test_a_week_of_a_small_street_with_many_ones_cannot_be_solved():
    """As a demonstration street has it. By the sums alone enough was hidden; to whoever knows that no
    hidden number is nothing, every one of them was told."""
    counts = [[12, 1, 1, 1, 1], [1, 1, 12, 1, 1], [1, 0, 0, 12, 1]]
    by_sums_alone: list[list[int | None]] = [
        [12, None, None, None, None, 16],
        [None, None, None, None, None, 16],
        [None, 0, 0, 12, None, 14],
        [14, None, 13, 14, None, 46],
    ]
    assert all(least == most for least, most in reckoned(by_sums_alone).values())
    found = reckoned(hide(counts))
    assert found and all(most >= least + 1 - 1e-6 for least, most in found.values())


def test_four_hidden_ones_are_not_enough():
    """By the sums alone each could be nothing or two; a reader knows that none of them is nothing."""
    counts = [[1, 1, 7], [1, 1, 8], [9, 9, 9]]
    naive: list[list[int | None]] = [[*row] for row in with_totals(counts)]
    for row, column in product((0, 1), (0, 1)):
        naive[row][column] = None
    assert set(reckoned(naive).values()) == {(1.0, 1.0)}
    assert all(most > least + 0.5 for least, most in reckoned(hide(counts)).values())


@settings(max_examples=200, deadline=None)
@given(COUNTS)
def test_nothing_small_is_written_and_what_is_written_is_true(counts):
    whole = with_totals(counts)
    for numbers, shown in zip(whole, hide(counts), strict=True):
        for number, written in zip(numbers, shown, strict=True):
            assert written is None or (written == number and not 0 < written < LEAST)


def test_a_reader_who_can_do_sums_finds_what_is_hidden_alone():
    """The same reader, shown a table in which only the small number is hidden."""
    shown: list[list[int | None]] = [[*row] for row in with_totals([[3, 20], [30, 40]])]
    shown[0][0] = None
    assert reckoned(shown) == {(0, 0): (3.0, 3.0)}


def test_of_large_numbers_all_are_written():
    assert hide([[9, 20], [30, 40]]) == with_totals([[9, 20], [30, 40]])


def test_inner_numbers_are_hidden_before_totals():
    shown = hide([[3, 20, 50], [30, 40, 60], [70, 80, 90]])
    assert [row[-1] for row in shown] == [73, 130, 240, 443]
    assert sum(number is None for row in shown for number in row) == 4


def test_a_whole_that_is_small_hides_itself_too():
    assert hide([[0, 3]]) == [[0, None, None], [0, None, None]]


@pytest.mark.parametrize("wrong", [[], [[]], [[1], [1, 2]], [[-1]]])
def test_what_is_no_table_is_refused(wrong):
    with pytest.raises(ValueError, match="a "):
        hide(wrong)
