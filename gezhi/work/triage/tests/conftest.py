"""Fixtures of the triage tests."""

from collections.abc import Callable, Iterator

import pytest

from gezhi.ground.jobs.models import Task
from gezhi.ground.jobs.worker import Worker
from gezhi.work.cases.tests.playing import Play
from gezhi.work.triage import answering, loading
from tests.cast import Cast


@pytest.fixture
def play(cast: Cast) -> Play:
    """A case to be played with the cast."""
    return Play(cast)


@pytest.fixture(autouse=True)
def _nothing_stays_in_memory() -> Iterator[None]:
    loading.forget()
    answering.forget()
    yield
    loading.forget()
    answering.forget()


@pytest.fixture
def run_tasks(db: None) -> Callable[[], int]:
    """Do every waiting task of triage now; the notices are left out."""

    def run() -> int:
        Task.objects.exclude(path__startswith="gezhi.work.triage.").delete()
        return Worker().run_all()

    return run
