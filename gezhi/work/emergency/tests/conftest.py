"""Fixtures of an emergency: one that is on, in earnest or as a drill."""

from collections.abc import Callable
from typing import Any

import pytest

from gezhi.work.cases.tests.playing import Play
from gezhi.work.emergency import actions
from gezhi.work.emergency.models import Emergency
from tests.cast import Cast


@pytest.fixture
def switch_on(cast: Cast) -> Callable[..., Emergency]:
    """`switch_on(drill=…, plan=…)`: switched on by the duty chief for the whole street."""

    def on(**changes: Any) -> Emergency:
        fields: dict[str, Any] = {
            "area_id": cast.street.street.pk, "plan_code": "flood", "drill": False,
            "reason": "暴雨红色预警", "by": cast.supervisor.viewer,
        } | changes  # fmt: skip
        return actions.switch_on(**fields)

    return on


@pytest.fixture
def play(cast: Cast) -> Play:
    """A case to be played with the cast."""
    return Play(cast)
