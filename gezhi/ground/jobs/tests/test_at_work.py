"""Programs work together; an upgrade works alone."""

import pytest

from gezhi.ground.jobs import at_work
from gezhi.ground.jobs.at_work import Busy, Serving


def test_programs_are_at_work_together_and_an_upgrade_alone(tmp_path):
    assert not at_work.is_busy(tmp_path)
    with at_work.together(tmp_path), at_work.together(tmp_path):
        assert at_work.is_busy(tmp_path)
        with pytest.raises(Busy), at_work.alone(tmp_path):
            pass
    with at_work.alone(tmp_path):
        with pytest.raises(Busy), at_work.together(tmp_path):
            pass
        with pytest.raises(Busy), at_work.alone(tmp_path):
            pass
    assert not at_work.is_busy(tmp_path)


def test_where_it_is_served_is_read_back_and_a_spoiled_note_is_none(tmp_path):
    assert at_work.noted(tmp_path) is None
    at_work.note(tmp_path, Serving("127.0.0.1", 8000))
    assert at_work.noted(tmp_path) == Serving("127.0.0.1", 8000)
    (tmp_path / "run" / "serving.json").write_text('{"port"')
    assert at_work.noted(tmp_path) is None


def test_a_home_that_takes_no_file_stops_nobody_from_serving(tmp_path):
    (tmp_path / "run").touch()
    with at_work.together(tmp_path):
        pass
    at_work.note(tmp_path, Serving("127.0.0.1", 8000))
    with pytest.raises(Busy), at_work.alone(tmp_path):
        pass
