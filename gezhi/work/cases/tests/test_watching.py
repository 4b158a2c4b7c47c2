"""The watchdog, the nightly archive, and due times that were provisional."""

from datetime import timedelta
from typing import Any

import pytest

from gezhi.ground.jobs.models import Stuck
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict
from gezhi.records.posts.models import Appointment
from gezhi.work.cases import actions, watching
from gezhi.work.cases.models import Assignment, Case, Step
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


def test_one_case_that_cannot_be_archived_keeps_none_of_the_others(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    plays = [play.until("closed"), Play(play.cast).until("closed"), Play(play.cast).until("closed")]
    broken = plays[0].case
    whole = actions.archive

    def archive(*, number: str, **given: Any) -> Step:
        if number == broken.number:
            raise Conflict("现在的状态不允许归档")
        return whole(number=number, **given)

    monkeypatch.setattr(watching, "archive", archive)
    clock.advance(timedelta(days=60))
    assert watching.archive_closed() == 2
    row = Stuck.objects.get()
    assert (row.loop, row.subject, row.district_id) == (
        "archive",
        broken.number,
        broken.district_id,
    )
    assert row.words == "现在的状态不允许归档"
    monkeypatch.undo()
    assert watching.archive_closed() == 1
    assert not Stuck.objects.exists()
    assert {one.case.state for one in plays} == {"archived"}


def test_what_is_refused_does_not_count_towards_the_most_of_a_night(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    plays = [play.until("closed"), Play(play.cast).until("closed"), Play(play.cast).until("closed")]
    Case.objects.filter(pk=plays[0].case.pk).update(version=0)
    monkeypatch.setattr(watching, "MOST_A_NIGHT", 1)
    clock.advance(timedelta(days=60))
    assert watching.archive_closed() == 1
    # The first one is refused by the table itself, night after night.
    assert [one.case.state for one in plays] == ["closed", "archived", "closed"]
    assert Stuck.objects.get().code == "unexpected"
    assert watching.archive_closed() == 1
    assert [one.case.state for one in plays] == ["closed", "archived", "archived"]


def test_one_case_that_cannot_be_lifted_or_recomputed_keeps_none_of_the_others(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    plays = [play.until("dispatched"), Play(play.cast).until("dispatched")]
    Case.objects.update(due_provisional=True)
    Case.objects.filter(pk=plays[0].case.pk).update(version=0)
    assert watching.recompute_due_times() == 1
    _leave(play, "handler")
    assert watching.lift_unstaffed() == 1
    assert set(Stuck.objects.values_list("loop", "subject")) == {
        ("recompute", plays[0].case.number),
        ("lift", plays[0].case.number),
    }
    assert plays[1].case.holder_id == play.cast.street.centre.pk


def test_a_case_that_needs_no_lifting_any_more_is_not_shown_as_stuck(play: Play) -> None:
    play.until("dispatched")
    version = play.case.version
    Case.objects.filter(pk=play.case.pk).update(version=0)
    _leave(play, "handler")
    assert watching.lift_unstaffed() == 0
    assert Stuck.objects.count() == 1
    Case.objects.filter(pk=play.case.pk).update(version=version)
    Appointment.objects.update(to_at=None)
    assert watching.lift_unstaffed() == 0
    assert not Stuck.objects.exists()


def test_what_stands_at_the_top_is_the_banners_and_not_stuck(play: Play) -> None:
    play.report()
    _leave(play, "acceptor", "dispatcher", "checker", "supervisor")
    assert watching.lift_unstaffed() == 0
    assert watching.stranded() == 1
    assert not Stuck.objects.exists()
