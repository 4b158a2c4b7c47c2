"""Quiet hours: over midnight or not, of whatever length."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from gezhi.ground.codes import actions as codes
from gezhi.ground.codes import queries
from gezhi.ground.codes.limits import figure_row
from gezhi.ground.codes.rules import RowOfTerm
from gezhi.ground.notices.quiet import quiet_hours
from gezhi.ground.notices.rules import QuietHours, quiet_until
from gezhi.kernel import clock

HOURS = st.integers(0, 23)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))


@given(MOMENTS, HOURS, HOURS)
def test_it_ends_later_within_a_day_and_outside_of_them(moment, begins, ends):
    hours = QuietHours(begins, ends)
    over = quiet_until(moment, hours)
    assert (over is None) == (not hours.hold(clock.local(moment).hour))
    if over is not None:
        assert 0 < (over - moment).total_seconds() <= 86400
        assert quiet_until(over, hours) is None
        assert clock.local(over).hour == ends


@given(HOURS, HOURS)
def test_they_hold_as_many_hours_as_lie_between(begins, ends):
    hours = QuietHours(begins, ends)
    assert sum(map(hours.hold, range(24))) == (ends - begins) % 24


def test_they_are_those_of_the_packs(cast):
    assert quiet_hours() == QuietHours(21, 8)
    term, pack = queries.term("figures", "quiet_from"), queries.pack_holding("figures")
    assert term is not None and pack is not None
    row = RowOfTerm(
        term.dictionary,
        term.code,
        term.name,
        term.name_en,
        term.parent_code,
        term.order,
        dict(term.data),
    )
    codes.amend(
        pack_id=pack.id,
        changes=[figure_row(row, "22")],
        reason="夏天天黑得晚",
        by=cast.system_administrator.viewer,
    )
    assert quiet_hours() == QuietHours(22, 8)
