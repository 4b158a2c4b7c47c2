"""Every timed task can be enqueued as it stands, and is on the page once."""

import inspect

import pytest

from gezhi.config.schedule import SCHEDULE
from gezhi.faces.desk.jobs.task_words import SCHEDULES, task_words
from gezhi.ground.jobs.timetable import timetable


def test_the_timetable_that_beat_reads_is_this_page():
    assert timetable() == SCHEDULE


@pytest.mark.parametrize("line", SCHEDULE, ids=lambda line: line.name)
def test_a_timed_task_needs_no_arguments(line):
    inspect.signature(line.task.func).bind()


def test_sealing_and_watching_are_done_each_minute():
    rhythm = {line.name: line.every for line in SCHEDULE}
    assert rhythm["audit.seal"] == rhythm["cases.watch"] == 60


def test_every_line_has_the_words_of_its_task_on_the_page_of_what_failed():
    said = {name: str(words) for name, words in SCHEDULES.items()}
    assert said == {line.name: task_words(line.task.module_path) for line in SCHEDULE}
