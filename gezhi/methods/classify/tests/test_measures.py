import numpy as np
import pytest

from gezhi.methods.classify.measures import calibration_error, coverage, evaluate, threshold

SURE = np.array([0.95, 0.9, 0.8, 0.7, 0.6])
HIT = np.array([True, True, False, True, False])


def test_coverage_is_the_longest_surest_part_right_often_enough() -> None:
    assert coverage(SURE, HIT, 1.0) == pytest.approx(2 / 5)
    assert coverage(SURE, HIT, 0.75) == pytest.approx(4 / 5)
    assert coverage(SURE, HIT, 0.6) == pytest.approx(1.0)


def test_no_share_good_enough_covers_nothing() -> None:
    assert coverage(SURE, ~HIT, 0.99) == 0.0


def test_threshold_is_the_confidence_from_which_few_enough_are_wrong() -> None:
    assert threshold(SURE, HIT, 0.0) == pytest.approx(0.9)
    assert threshold(SURE, HIT, 0.25) == pytest.approx(0.7)
    assert threshold(SURE, ~HIT, 0.0) == 1.0


def test_calibration_error_is_zero_when_claims_come_true() -> None:
    sure = np.full(10, 0.8)
    hit = np.arange(10) < 8
    assert calibration_error(sure, hit) == pytest.approx(0.0)
    assert calibration_error(sure, np.ones(10, bool)) == pytest.approx(0.2)


def test_evaluation_counts_as_one_would_by_hand() -> None:
    chances = np.array([[0.7, 0.2, 0.1], [0.6, 0.3, 0.1], [0.1, 0.8, 0.1], [0.2, 0.3, 0.5]])
    figures = evaluate(chances, np.array([0, 1, 1, 2]), ("甲", "乙", "丙"))
    assert figures.accuracy == pytest.approx(0.75)
    assert figures.macro_f1 == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)
    assert figures.confused == (("乙", "甲", 1),)
    assert figures.first_three == 1.0


def test_nothing_to_evaluate_is_no_error() -> None:
    figures = evaluate(np.zeros((0, 2)), np.zeros(0, np.int64), ("甲", "乙"))
    assert figures.messages == 0
    assert figures.macro_f1 == 0.0
