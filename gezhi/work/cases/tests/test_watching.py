"""The watchdog, the nightly archive, and due times that were provisional."""

from datetime import timedelta

from gezhi.kernel import clock
from gezhi.records.posts.models import Appointment
from gezhi.work.cases import watching
from gezhi.work.cases.models import Assignment, Step
from gezhi.work.cases.tests import invariants
from gezhi.work.cases.tests.playing import Play


def _leave(play: Play, *people: str) -> None:
    for name in people:
        Appointment.objects.filter(user_id=getattr(play.cast, name).user_id).update(
            to_at=clock.now()
        )


def test_the_queue_of_a_unit_nobody_is_appointed_to_is_lifted(play: Play) -> None:
    play.until("dispatched")
    due = play.case.due_at
    _leave(play, "handler")
    assert watching.lift_unstaffed() == 1
    case = play.case
    assert case.holder_id == play.cast.street.centre.pk
    assert case.due_at == due
    assert Assignment.objects.get(case=case, ended_at=None).unit_id == play.cast.street.centre.pk
    assert invariants.faults() == []


def test_a_staffed_unit_keeps_its_queue(play: Play) -> None:
    play.until("dispatched")
    assert watching.lift_unstaffed() == 0


def test_at_the_top_nothing_is_lifted_and_the_administrator_is_told(play: Play) -> None:
    play.report()
    _leave(play, "acceptor", "dispatcher", "checker", "supervisor")
    assert watching.lift_unstaffed() == 0
    assert watching.stranded() == 1
    assert play.case.holder_id == play.cast.street.centre.pk


def test_lifting_twice_at_once_lifts_once(play: Play) -> None:
    play.until("dispatched")
    _leave(play, "handler")
    watching.lift_unstaffed()
    watching.lift_unstaffed()
    assert Step.objects.filter(case=play.case, deed="lift").count() == 1


def test_a_closed_case_is_archived_after_the_packs_days(play: Play) -> None:
    play.until("closed")
    assert watching.archive_closed() == 0
    clock.advance(timedelta(days=60))
    assert watching.archive_closed() == 1
    assert play.case.state == "archived"
    assert invariants.faults() == []
