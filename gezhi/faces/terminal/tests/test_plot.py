"""The plot of the demo: office minutes, fates, and deeds in an order the state table allows."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gezhi.faces.terminal.demo import stories
from gezhi.faces.terminal.demo.lives import FATES, Terms, lives_of
from gezhi.faces.terminal.demo.photos import SUBJECTS, picture
from gezhi.faces.terminal.demo.worktime import MINUTES_A_DAY, WorkTime
from gezhi.kernel.workdays import Calendar
from gezhi.work.cases.rules import TABLE, Deed, State

NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
TIME = WorkTime(Calendar({}), NOW)

# What the plot calls a deed is, in the state table, and where a check or rating leads.
_DEEDS = {
    "spot": (Deed.HANDLE_ON_THE_SPOT, None),
    "pass": (Deed.PASS, State.CLOSED),
    "check": (Deed.CHECK, State.CHECKING),
    "rework": (Deed.CHECK, State.HANDLING),
    "unsolved": (Deed.REOPEN, None),
    "return": (Deed.RETURN, None),
    "add_word": (Deed.ADD_WORD, None),
}


@given(st.floats(0, 1), st.floats(0, 1))
def test_office_minutes_and_moments_are_inverse_and_in_order(one, other):
    first, second = sorted((one * TIME.now, other * TIME.now))
    assert abs(TIME.index(TIME.moment(first)) - first) < 1e-6
    assert TIME.moment(first) <= TIME.moment(second) <= NOW


def test_a_working_day_has_its_minutes_and_a_night_none():
    monday = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)
    assert TIME.index(monday + timedelta(days=1)) - TIME.index(monday) == MINUTES_A_DAY
    friday = datetime(2026, 11, 13, 15, 0, tzinfo=UTC)
    assert TIME.index(friday) == TIME.index(monday)


def test_there_are_eighty_different_matters_and_more_and_nobody_is_named():
    texts = {story.text for story in stories.STORIES}
    assert len(texts) == len(stories.STORIES) >= 80
    families = Counter(story.class_code.partition("-")[0] for story in stories.STORIES)
    assert set(families) == {"component", "event", "dispute", "safety", "people", "service"}
    for story in stories.STORIES:
        assert len(story.summary) <= 60
        assert story.photo in SUBJECTS | {""}
        story.text.format(place="这里", floor=3, days=2, hour=22, shop="打印店", eatery="面馆")


def _terms():
    codes = {story.class_code for story in stories.STORIES}
    return {
        code: Terms(240.0 if number % 2 else 1_900.0, "urgent" if number % 5 == 0 else "ordinary")
        for number, code in enumerate(sorted(codes))
    }


@pytest.mark.parametrize("cases", [20, 60, 300])
def test_lives_open_the_cases_asked_for_and_meet_every_fate(cases):
    lives = lives_of(cases, _terms(), np.random.default_rng(3))
    assert sum(life.fate != "joined" for life in lives) == cases
    assert {life.fate for life in lives} == set(FATES)
    assert len({life.serial for life in lives}) == len(lives)


def test_every_life_goes_a_way_the_state_table_allows():
    for seed in range(6):
        for life in lives_of(300 if seed == 0 else 120, _terms(), np.random.default_rng(seed)):
            assert len(life.deeds) == len(life.gaps)
            assert min(life.gaps) >= 0
            if life.fate != "joined":
                _walk(life.deeds)


def _walk(deeds):
    assert deeds[0] == "report"
    state = State.REPORTED
    passed = False
    for name in deeds[1:]:
        deed, leads_to = _DEEDS.get(name, (None, None))
        rule = TABLE[deed or Deed(name)]
        assert rule.allows(state), (deeds, name, state)
        if name == "close":
            assert passed
        passed = name == "check" or (passed and name not in {"finish", "unsolved"})
        state = leads_to or {to for origin, to in rule.moves if origin == state}.pop()


def test_the_same_seed_plots_the_same_lives():
    one = lives_of(40, _terms(), np.random.default_rng(5))
    other = lives_of(40, _terms(), np.random.default_rng(5))
    assert one == other


@pytest.mark.parametrize("subject", ["car", "done"])
def test_a_picture_is_a_small_jpeg_and_the_same_from_one_seed(subject):
    drawn = picture(subject, np.random.default_rng(1))
    assert drawn[:3] == b"\xff\xd8\xff"
    assert len(drawn) < 120_000
    assert picture(subject, np.random.default_rng(1)) == drawn
