import numpy as np
import pytest

from gezhi.methods.classify.calibrate import AS_IT_IS, calibrated, curve_of


def test_what_boasts_is_taken_down_and_what_is_modest_lifted() -> None:
    draw = np.random.default_rng(0)
    sure = np.concatenate([np.full(4000, 0.99), np.full(2000, 0.5)])
    truth = np.concatenate([np.full(4000, 0.95), np.full(2000, 0.6)])
    curve = curve_of(sure, draw.random(6000) < truth)
    moved = calibrated(np.array([[0.99, 0.01, 0.0], [0.5, 0.3, 0.2]]), curve)
    assert moved[0, 0] == pytest.approx(0.95, abs=0.02)
    assert moved[1, 0] == pytest.approx(0.60, abs=0.04)


def test_chances_still_sum_to_one_and_the_first_stays_first() -> None:
    chances = np.random.default_rng(1).dirichlet([0.5] * 4, 200)
    moved = calibrated(chances, np.array([2.0, 0.5, -2.0]))
    assert np.allclose(moved.sum(1), 1)
    assert (moved.argmax(1) == chances.argmax(1)).all()


def test_the_plain_curve_changes_nothing() -> None:
    chances = np.random.default_rng(2).dirichlet([1.0] * 3, 50)
    assert np.allclose(calibrated(chances, np.array(AS_IT_IS)), chances)


def test_certainty_and_no_messages_are_no_error() -> None:
    assert np.isfinite(calibrated(np.array([[1.0, 0.0]]), np.array([1.3, 0.6, 0.7]))).all()
    assert calibrated(np.zeros((0, 2)), np.array(AS_IT_IS)).shape == (0, 2)
