"""Every timed task can be enqueued as it stands, and is on the page once."""

import inspect

import pytest

from gezhi.config.schedule import SCHEDULE
from gezhi.faces.desk.jobs.task_words import schedule_words
from gezhi.ground.jobs.timetable import timetable


def test_the_timetable_that_beat_reads_is_this_page():
    assert timetable() == SCHEDULE


@pytest.mark.parametrize("line", SCHEDULE, ids=lambda line: line.name)
def test_a_timed_task_needs_no_arguments(line):
    inspect.signature(line.task.func).bind()


def test_sealing_and_watching_are_done_each_minute():
    rhythm = {line.name: line.every for line in SCHEDULE}
    assert rhythm["audit.seal"] == rhythm["cases.watch"] == 60


def test_every_line_has_words_on_the_page_of_what_failed():
    assert not [line.name for line in SCHEDULE if schedule_words(line.name) == line.name]
    assert schedule_words("cases.archive") == "把办结的事归档"
    assert schedule_words("once.there") == "once.there"
