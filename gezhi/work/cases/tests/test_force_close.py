"""强制结案: the chief ends what cannot walk its loop, with words the reporter reads."""

import pytest

from gezhi.kernel.errors import Invalid, NotPermitted
from gezhi.work.cases import actions
from gezhi.work.cases.models import Assignment, StageRow
from gezhi.work.cases.rules import Mark, State
from gezhi.work.cases.tests import invariants
from gezhi.work.cases.tests.playing import Play, fresh_key


def _end(play: Play, **changes: object) -> None:
    fields: dict[str, object] = {"reason_code": "not_possible", "words": "产权人不同意施工"}
    play.do(actions.force_close, play.cast.supervisor.viewer, **{**fields, **changes})


@pytest.mark.parametrize("state", ["reported", "accepted", "dispatched", "handling", "checking"])
def test_the_chief_ends_an_open_case_in_any_state(play: Play, state: str) -> None:
    play.until(state)
    _end(play)
    case = play.case
    assert case.state == State.CLOSED and case.all_marks == {Mark.FORCED}
    assert not Assignment.objects.filter(case=case, ended_at=None).exists()
    assert not StageRow.objects.filter(case=case, ended_at=None).exists()
    assert not invariants.faults()


@pytest.mark.parametrize(
    ("changes", "field"), [({"words": ""}, "words"), ({"reason_code": "tired"}, "reason_code")]
)
def test_it_says_why(play: Play, changes: dict[str, str], field: str) -> None:
    play.until("handling")
    with pytest.raises(Invalid) as refused:
        _end(play, **changes)
    assert refused.value.field == field
    assert play.case.state == State.HANDLING and not play.case.marks


def test_nobody_else_does(play: Play) -> None:
    play.until("handling")
    for person in (play.cast.dispatcher, play.cast.handler, play.cast.wang, play.cast.li):
        with pytest.raises(NotPermitted):
            play.do(actions.force_close, person.viewer, reason_code="other", words="不想办了")


def test_the_reporter_may_have_it_done_again(play: Play) -> None:
    play.until("handling")
    _end(play)
    actions.reopen(report=play.report_row, by=play.stranger, key=fresh_key(), words="还在那里")
    assert play.case.state == State.ACCEPTED and play.case.all_marks == frozenset()
    assert not invariants.faults()


def test_what_waits_for_a_ruling_can_be_ended_too(play: Play) -> None:
    play.disputed()
    _end(play)
    assert play.case.all_marks == {Mark.FORCED, Mark.MISROUTED}
    assert not invariants.faults()
