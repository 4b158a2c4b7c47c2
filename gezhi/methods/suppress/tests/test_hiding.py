"""What is pinned up tells no small number, nor lets one be reckoned: asked of a reader who can do sums."""

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


def reckoned(shown: list[list[int | None]]) -> dict[tuple[int, int], tuple[float, float]]:
    """The least and the most each hidden number can be, by everything written and all the sums."""
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
            answer = linprog(aim, A_eq=np.array(equations), b_eq=np.array(rest), bounds=(0, None))
            ends.append(sign * answer.fun if answer.status == 0 else sign * -np.inf)
        found[cell] = (ends[0], ends[1])
    return found


@settings(max_examples=60, deadline=None)
@given(COUNTS)
def test_no_hidden_number_can_be_told_from_what_is_written(counts):
    whole, shown = with_totals(counts), hide(counts)
    for (row, column), (least, most) in reckoned(shown).items():
        assert least <= whole[row][column] - 1 + 1e-6
        assert most >= whole[row][column] + 1 - 1e-6


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
