"""An exercise and what happened stay apart: neither is merged into the other, nobody joins a drill."""

import pytest

from gezhi.kernel.errors import Invalid
from gezhi.work.cases import actions as cases
from gezhi.work.cases.tests.playing import Play, fresh_key
from gezhi.work.emergency import actions
from gezhi.work.emergency.models import EmergencyCase


@pytest.fixture
def exercise(cast, switch_on):
    """A case of a drill: a grid worker answered 有事."""
    row = switch_on(drill=True)
    actions.answer(
        emergency_id=row.pk, grid_id=cast.street.grid.pk, said="trouble", text="演练：车库进水",
        by=cast.zhang.viewer, key=fresh_key(),
    )  # fmt: skip
    return EmergencyCase.objects.get().case


def test_neither_is_merged_into_the_other(cast, exercise):
    real = Play(cast).report(text="车库真的进水了")
    for one, other in ((real.case, exercise), (exercise, real.case)):
        with pytest.raises(Invalid, match="演练"):
            cases.merge(
                number=one.number, into=other.number, by=cast.acceptor.viewer, key=fresh_key()
            )
    assert real.case.is_open and exercise.is_open


def test_nobody_joins_an_exercise(cast, exercise):
    play = Play(cast)
    with pytest.raises(Invalid, match="演练"):
        cases.join(intake=play.intake(), case=exercise, by=play.stranger, key=fresh_key())
