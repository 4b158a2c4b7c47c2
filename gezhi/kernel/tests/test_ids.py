"""Row ids: rising, unique, 63 bits, dated."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from gezhi.kernel import ids


def test_ids_rise_and_fit_63_bits():
    made = [ids.new_id() for _ in range(5000)]
    assert made == sorted(set(made))
    assert all(0 < row_id < 2**63 for row_id in made)


def test_threads_never_get_the_same_id():
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: ids.new_id(), range(8000)))
    assert len(set(made)) == 8000


def test_an_id_tells_when_it_was_made():
    before = int(time.time() * 1000)
    row_id = ids.new_id()
    after = int(time.time() * 1000)
    # Ids made in a burst borrow from the next milliseconds.
    assert before - 1 <= ids.milliseconds_of(row_id) <= after + 1000


def test_ids_go_on_rising_when_the_clock_of_the_machine_steps_back(monkeypatch):
    first = ids.new_id()
    monkeypatch.setattr("gezhi.kernel.ids.time.time", lambda: 1_700_000_000.0)
    second = ids.new_id()
    assert second > first
    assert ids.milliseconds_of(second) >= ids.milliseconds_of(first)


def test_the_first_millisecond_counted_is_new_year_2024():
    assert ids.milliseconds_of(0) == 1_704_067_200_000


@pytest.mark.parametrize(
    "typed", ["", "0", "-1", "+1", "1.0", "1e3", " 1", "١", "１", str(2**63), "9" * 30, None, "nan"]
)
def test_what_no_row_can_have_is_no_id(typed):
    assert ids.typed_id(typed) is None


def test_an_id_somebody_typed_is_read_up_to_the_largest():
    assert ids.typed_id("1") == 1
    assert ids.typed_id(str(ids.LARGEST)) == ids.LARGEST
