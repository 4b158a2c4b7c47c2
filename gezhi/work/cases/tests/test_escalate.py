"""升级: 社区 to 街道, 街道 to 区, by people with a reason and by the rules of the pack, once a stage."""

from datetime import timedelta

import pytest

from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.kernel.viewer import Role, Viewer
from gezhi.records.posts import actions as posts
from gezhi.records.units import actions as units
from gezhi.records.units.models import Unit
from gezhi.work.cases import actions, queries
from gezhi.work.cases.escalating import escalate_late
from gezhi.work.cases.models import Assignment, Step
from gezhi.work.cases.rules import Deed, Mark
from gezhi.work.cases.tests import invariants
from gezhi.work.cases.tests.playing import Play, a_class


@pytest.fixture
def handled_by_the_community(play: Play) -> Play:
    """Sent to the community office, which has taken it."""
    play.until("accepted").dispatch(lead_unit_id=play.cast.street.office.pk)
    play.do(actions.take, play.cast.li.viewer)
    return play


def _escalate(play: Play, who: str = "li", words: str = "社区办不了") -> None:
    play.do(actions.escalate, getattr(play.cast, who).viewer, words=words)


def _district(play: Play, *roles: Role) -> Unit:
    """A unit above the street's centre, in which the checker of the cast sits with these roles."""
    street = play.cast.street
    by = Viewer.system("test", street.district.pk)
    above = units.open_unit(
        kind="department",
        name="青溪区社会治理中心",
        area_id=street.district_area.pk,
        parent=street.other_centre,
        by=by,
    )
    Unit.objects.filter(pk=street.centre.pk).update(parent=above)
    for role in roles:
        post = posts.create_post(
            unit=above, area_id=street.district_area.pk, role=role, name="区派遣员", by=by
        )
        posts.appoint(post=post, user=play.cast.checker.user, by=by)
    return above


def test_a_community_hands_up_what_it_handles(handled_by_the_community: Play) -> None:
    play = handled_by_the_community
    _escalate(play)
    case = play.case
    assert (case.state, case.holder_id) == ("accepted", play.cast.street.centre.pk)
    assert case.all_marks == {Mark.ESCALATED}
    assert not Assignment.objects.filter(case=case, ended_at=None).exists()
    assert case.number in {
        row.number for row in queries.listing(play.cast.dispatcher.viewer, "dispatching").rows
    }
    assert invariants.faults() == []
    play.dispatch()
    assert play.case.all_marks == frozenset()
    assert invariants.faults() == []


def test_what_a_community_took_in_stays_reported_at_the_street(play: Play) -> None:
    play.report(class_code=a_class(intake="community"))
    assert play.case.holder_id == play.cast.street.office.pk
    _escalate(play)
    assert (play.case.state, play.case.holder_id) == ("reported", play.cast.street.centre.pk)
    assert invariants.faults() == []
    play.accept()
    assert play.case.all_marks == {Mark.ESCALATED}


def test_it_has_a_reason_and_is_whose_it_is(handled_by_the_community: Play) -> None:
    play = handled_by_the_community
    with pytest.raises(Invalid, match="为什么升级"):
        _escalate(play, words=" ")
    for who in ("sun", "handler", "dispatcher"):
        with pytest.raises((NotPermitted, Conflict, Exception)):
            _escalate(play, who)
    assert play.case.state == "handling"


def test_above_the_street_there_may_be_nobody(play: Play) -> None:
    play.until("accepted")
    with pytest.raises(Conflict, match="上一级没有能接手的人"):
        _escalate(play, "dispatcher")
    assert (
        Deed.ESCALATE not in queries.case_page(play.cast.dispatcher.viewer, play.case.number).deeds
    )
    _district(play)
    with pytest.raises(Conflict, match="上一级没有能接手的人"):
        _escalate(play, "dispatcher")


def test_the_street_hands_up_to_the_district_which_sends_it_on(play: Play) -> None:
    play.until("accepted")
    above = _district(play, Role.DISPATCHER)
    _escalate(play, "dispatcher")
    assert (play.case.state, play.case.holder_id) == ("accepted", above.pk)
    assert invariants.faults() == []
    play.do(
        actions.dispatch,
        play.cast.checker.viewer_now,
        lead_unit_id=play.cast.street.sanitation.pk,
    )
    assert play.case.all_marks == frozenset()
    assert invariants.faults() == []


def test_a_reporter_reads_to_whom_it_went(handled_by_the_community: Play) -> None:
    play = handled_by_the_community
    _escalate(play)
    steps = queries.tracked(play.receipt.number, play.receipt.code).steps
    assert (steps[-1].deed, steps[-1].unit_name) == ("escalate", play.cast.street.centre.name)
    assert steps[-1].words == ""


def test_the_clock_hands_up_by_the_rule_once_a_stage(handled_by_the_community: Play) -> None:
    play = handled_by_the_community
    due = play.case.due_at
    assert due is not None
    clock.advance(due - clock.now() + timedelta(minutes=1))
    assert escalate_late() == 0
    clock.advance(timedelta(days=5))
    assert escalate_late() == 1
    assert escalate_late() == 0
    step = Step.objects.get(case=play.case, deed="escalate")
    assert step.detail["rule"] == "community" and step.system_name == "escalation"
    assert play.case.holder_id == play.cast.street.centre.pk
    clock.advance(timedelta(days=30))
    assert escalate_late() == 0
    assert invariants.faults() == []


def test_a_department_of_the_street_goes_to_the_district_if_somebody_is_there(play: Play) -> None:
    play.until("handling")
    clock.advance(timedelta(days=60))
    assert escalate_late() == 0
    above = _district(play, Role.DISPATCHER)
    assert escalate_late() == 1
    assert play.case.holder_id == above.pk
    assert Step.objects.get(deed="escalate").detail["rule"] == "street"
    assert invariants.faults() == []


def test_an_urgent_one_goes_sooner(play: Play) -> None:
    play.report().accept(urgency="urgent").dispatch(lead_unit_id=play.cast.street.office.pk)
    play.do(actions.take, play.cast.li.viewer)
    due = play.case.due_at
    assert due is not None
    clock.advance(due - clock.now() + timedelta(hours=1))
    assert escalate_late() == 0
    clock.advance(timedelta(hours=1, minutes=1))
    assert escalate_late() == 1
    assert Step.objects.get(deed="escalate").detail["rule"] == "community.urgent"
