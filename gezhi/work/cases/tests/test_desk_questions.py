"""What a desk asks: only of the viewer's own, in the right order, counted as the lists are."""

from datetime import timedelta

import pytest

from gezhi.kernel import clock
from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions
from gezhi.work.cases.queries import desk, kept, listing
from gezhi.work.cases.tests.playing import Play, fresh_key


@pytest.fixture
def two(cast):
    """Two open cases of one compound."""
    where = actions.Where(place_id=cast.street.building.pk, words="桐花苑1栋")
    return Play(cast).report(where=where), Play(cast).report(where=where)


def test_near_are_open_ones_of_the_compound_and_never_the_case_itself(cast, two):
    first, second = two
    found = desk.near(cast.acceptor.viewer, second.case)
    assert [row.number for row in found] == [first.case.number]
    assert desk.near(cast.he.viewer, second.case) == []


def test_what_ended_is_no_longer_near(cast, two):
    first, second = two
    first.do(actions.reject, cast.acceptor.viewer, reason_code="not_here", words="这里归柳荫街道管")
    assert desk.near(cast.acceptor.viewer, second.case) == []


def test_cases_of_a_place_come_with_its_compound(cast, two):
    rows = desk.of_place(cast.acceptor.viewer, cast.street.compound.pk, cast.street.compound.pk)
    assert [row.number for row in rows] == [play.case.number for play in reversed(two)]
    assert desk.of_place(cast.sun.viewer, cast.street.compound.pk, None) == []


def test_numbers_keep_their_order_and_others_are_left_out(cast, two):
    numbers = [play.case.number for play in two]
    assert [row.number for row in desk.by_numbers(cast.acceptor.viewer, numbers)] == numbers
    assert desk.by_numbers(cast.tang.viewer, numbers) == []


def test_the_soonest_of_all_own_queues_stand_first(cast, play):
    with clock.moved_to(clock.now() - timedelta(days=4)):
        early = Play(cast).until("checked")
    play.report()
    found = [row.number for row in desk.soonest(cast.acceptor.viewer)]
    assert found == [early.case.number, play.case.number]
    assert desk.soonest(cast.wang.viewer) == []


def test_a_report_is_found_in_its_own_case_only(cast, play):
    play.until("reported")
    number = play.receipt.number
    assert desk.report_in(cast.acceptor.viewer, play.case.number, number).number == number
    other = Play(cast).report()
    for viewer, case in (
        (cast.acceptor.viewer, other.case.number),
        (cast.he.viewer, play.case.number),
    ):
        with pytest.raises(Unseen):
            desk.report_in(viewer, case, number)


def test_both_kinds_of_number_lead_to_the_case(cast, play):
    play.until("reported")
    viewer = cast.acceptor.viewer
    assert desk.numbered(viewer, play.case.number) == play.case.number
    assert desk.numbered(viewer, play.receipt.number) == play.case.number
    assert desk.numbered(cast.tang.viewer, play.case.number) == ""


def test_the_clocks_of_a_case_are_told_in_order(play):
    play.until("handling")
    told = desk.stages(play.case)
    assert [line.stage for line in told] == ["accepting", "dispatching", "taking", "handling"]
    assert told[-1].ended_at is None
    assert told[0].on_time


def test_the_last_result_and_the_last_check_are_told(cast, play):
    play.until("checking")
    play.check(passed=False).finish(words="重新清了一遍").check()
    found = desk.results(cast.supervisor.viewer, [play.case.number])[play.case.number]
    assert found.done_words == "重新清了一遍"
    assert found.check_by == cast.checker.name
    assert desk.results(cast.he.viewer, [play.case.number]) == {}


def test_figures_count_what_the_lists_hold(cast, play):
    with clock.moved_to(clock.now() - timedelta(days=5)):
        play.until("reported")
    Play(cast).until("closed")
    (row,) = desk.figures(cast.wang.viewer)
    assert (row.community_id, row.open, row.overdue, row.ended) == (
        cast.street.community.pk, 1, 1, 1,
    )  # fmt: skip
    assert desk.figures(cast.tang.viewer) == []


def _enlist_in_a_drill(play):
    by = Viewer.system("emergency", play.case.district_id)
    number = play.case.number
    actions.enlist(emergency_id=1, drill=True, number=number, by=by, key=fresh_key())


def test_figures_and_the_lists_they_open_leave_out_drills(cast, play):
    play.until("reported")
    for one in (Play(cast).report(), ended := Play(cast).report()):
        _enlist_in_a_drill(one)
    ended.accept().dispatch().take().finish().check().close()
    (row,) = desk.figures(cast.wang.viewer)
    assert (row.open, row.overdue, row.ended) == (1, 0, 0)
    for queue, number in (("open", row.open), ("ended", row.ended)):
        listed = listing(cast.wang.viewer, queue, filters=kept({"real": "1"}))
        assert len(listed.rows) == number


def test_a_community_of_drills_alone_has_no_line(cast, play):
    _enlist_in_a_drill(play.report())
    assert desk.figures(cast.wang.viewer) == []


def test_words_find_open_ones_and_ended_ones_apart(cast, play):
    play.until("closed")
    running = Play(cast).report()
    opened, ended = desk.found(cast.acceptor.viewer, "建筑垃圾")
    assert [row.number for row in opened] == [running.case.number]
    assert [row.number for row in ended] == [play.case.number]


def test_a_row_tells_how_many_spoke_and_who_urges(cast, play):
    play.until("handling")
    actions.join(
        intake=actions.Intake(text="我也遇到", channel="web"),
        case=play.case,
        by=play.stranger,
        key="second-report",
    )
    actions.urge(report=play.report_row, by=play.stranger, key="urged-once")
    (row,) = desk.by_numbers(cast.acceptor.viewer, [play.case.number])
    assert (row.reports, row.urged) == (2, True)


def test_the_light_turns_yellow_by_the_time_of_the_present_step(cast, play):
    play.until("accepted")
    # Two working hours to dispatch, however long ago it was reported.
    clock.advance(timedelta(minutes=20))
    (row,) = listing(cast.dispatcher.viewer, "dispatching").rows
    assert row.light == "green"
    clock.advance(timedelta(minutes=80))
    (row,) = listing(cast.dispatcher.viewer, "dispatching").rows
    assert row.light == "yellow"


def test_a_case_that_waited_long_before_is_not_due_soon_at_once(cast, play):
    play.report()
    clock.advance(timedelta(days=20))
    play.accept()
    (row,) = listing(cast.dispatcher.viewer, "dispatching").rows
    assert row.light == "green"
