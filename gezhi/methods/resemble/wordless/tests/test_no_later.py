"""What is known at opening only, and the forest that numpy asks as scikit-learn would."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.resemble.training import train
from gezhi.methods.resemble.wordless import NAMES, Forest, History, Request, describe


def requests(count: int = 70) -> list[Request]:
    chance = random.Random(4)
    made = []
    for at in range(count):
        street = chance.randrange(6)
        opened = at * 0.2
        made.append(
            Request(
                kind=chance.choice("ab"),
                longitude=104.0 + street * 0.01 + chance.random() * 0.001,
                latitude=30.0,
                street=str(street),
                address=f"{street}-{chance.randrange(4)}",
                opened=opened,
                closed=None if chance.random() < 0.2 else opened + chance.random() * 8.0,
                duplicate=chance.random() < 0.3,
            )
        )
    return made


def test_nothing_that_comes_after_the_opening_changes_a_row() -> None:
    made = requests()
    now = made[40].opened
    whole = describe(History(made))[:41]

    def forgotten(request: Request) -> Request:
        known = request.closed is not None and request.closed <= now
        return request if known else replace(request, closed=None, duplicate=False)

    changed = [forgotten(request) for request in made[:41]]
    assert np.array_equal(describe(History(changed))[40], whole[40])
    later = [replace(request, kind="a", duplicate=True) for request in made[41:]]
    assert np.array_equal(describe(History([*made[:41], *later]))[:41], whole)


def test_how_an_earlier_one_was_closed_counts_from_its_closing_on() -> None:
    made = requests()
    turned = [replace(request, duplicate=not request.duplicate) for request in made]
    assert not np.array_equal(describe(History(turned))[40], describe(History(made))[40])


def test_an_open_request_at_the_same_address_is_seen() -> None:
    first = Request("a", 104.0, 30.0, "x", "x-1", 10.0)
    again = replace(first, opened=10.5)
    row = dict(zip(NAMES, describe(History([again, first]))[1].tolist(), strict=True))
    assert row["open at the address"] == 1.0
    assert row["youngest at the address"] == pytest.approx(0.5)
    assert row["meters to the nearest open"] == 0.0
    assert row["level"] == 4.0


def test_no_requests_make_an_empty_table() -> None:
    assert describe(History([])).shape == (0, len(NAMES))


def test_the_forest_answers_the_same_after_saving(tmp_path: Path) -> None:
    chance = np.random.default_rng(0)
    table = chance.normal(size=(400, 5))
    wanted = table[:, 0] + table[:, 1] > 0.8
    forest = train(table, wanted, trees=60)
    asked = forest.probability(table)
    assert asked[wanted].mean() > 2 * asked[~wanted].mean()
    forest.save(tmp_path / "forest.npz")
    assert np.array_equal(Forest.load(tmp_path / "forest.npz").probability(table), asked)


def test_training_without_any_duplicate_is_refused() -> None:
    with pytest.raises(ValueError, match="duplicates"):
        train(np.zeros((5, 2)), np.zeros(5, dtype=bool))
