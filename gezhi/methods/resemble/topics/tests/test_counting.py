"""Runs are counted as they stand, and the heaviest of each row are kept."""

import random

import numpy as np

from gezhi.methods.resemble.topics import grow
from gezhi.methods.resemble.topics.features import MOST_SIGNS, counted
from gezhi.methods.resemble.topics.grow import Spots
from gezhi.methods.resemble.topics.heavy import heaviest
from gezhi.methods.resemble.topics.near import MEETINGS, near
from gezhi.methods.resemble.topics.views import look


def test_a_run_in_the_head_counts_as_three_and_one_in_a_name_is_not_bare():
    found = counted([("停水", "停水了")], [("停水", "停 了")])
    times = sorted(zip(found.said.tolist(), found.bare.tolist(), strict=True))
    assert times == [(1, 0), (1, 0), (4, 3)]  # 水了, 停水了, 停水


def test_width_and_case_are_one_and_no_run_crosses_a_gap():
    found = counted([("", "ＡＢ"), ("", "ab"), ("", "a b"), ("a", "b")])
    assert found.begins.tolist() == [0, 1, 2, 2, 2]
    assert found.run[0] == found.run[1]


def test_texts_of_later_blocks_are_counted_as_those_of_the_first():
    found = counted([("", "停水三天")] * 2_500)
    assert np.array_equal(np.diff(found.begins), np.full(2_500, 5))
    assert np.array_equal(found.run.reshape(2_500, 5), np.tile(found.run[:5], (2_500, 1)))


def test_what_is_said_after_six_hundred_signs_is_not_read():
    assert len(counted([("", "。" * MOST_SIGNS + "停水")]).run) == 0


def test_the_heaviest_of_each_row_are_those_a_sort_finds():
    chance = np.random.default_rng(3)
    rows = np.sort(chance.integers(0, 40, 900))
    weights = (chance.permutation(900) / 900).astype(np.float32)
    chosen = heaviest(rows, weights, 7)
    for row in range(40):
        mine = weights[rows == row]
        assert set(weights[chosen & (rows == row)]) == set(np.sort(mine)[-7:])


def test_no_text_meets_more_others_than_it_may_and_the_near_are_still_found():
    count = MEETINGS // 8
    texts = [f"停水停电停气停课{chr(0x5000 + n)}{chr(0x6000 + n)}" for n in range(count)]
    pairs = near(look([*texts, "东湖停工怨声载道", "东湖停工怨声不断"]).whole)
    assert [count, count + 1] in pairs.tolist()
    assert len(np.unique(pairs, axis=0)) == len(pairs)
    assert (pairs[:, 0] < pairs[:, 1]).all()


def test_one_place_and_no_more_likeness_of_cause_than_chance_joins_nothing(monkeypatch):
    chance = random.Random(5)
    words = [chr(0x5000 + n) + chr(0x6000 + n) for n in range(400)]
    lists = [words[:30], words[29:59], *(chance.sample(words, 30) for _ in range(900))]
    texts = ["，".join(said) for said in lists]
    views = look([*(f"桂花苑\n{text}" for text in texts[:2]), *texts[2:]])
    spots = Spots(*np.full((2, views.count), np.nan))

    def joined():
        labels = grow.grow(views, np.array([[0, 1]]), spots)
        return labels[0] == labels[1]

    assert not joined()
    monkeypatch.setattr(grow, "MOST_CHANCE", 0.0)
    assert joined()
