"""Races between real transactions, on PostgreSQL: one winner, no orphan, one answer for one key."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection

from gezhi.kernel import clock
from gezhi.kernel.errors import Refusal
from gezhi.kernel.viewer import Viewer
from gezhi.records.units.models import Unit
from gezhi.work.cases import actions
from gezhi.work.cases.models import Report, Step
from gezhi.work.cases.tests import invariants
from gezhi.work.cases.tests.playing import Play, a_class, fresh_key
from gezhi.work.handover import actions as handover
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do all deeds in threads that start together; each answer, or the refusal it met."""
    gate = threading.Barrier(len(deeds))
    answers: list[Any] = [None] * len(deeds)

    def run(place: int, deed: Callable[[], Any]) -> None:
        try:
            gate.wait()
            with clock.moved_to(NOW):
                answers[place] = deed()
        except Exception as error:
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, deed)) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_dispatch_against_a_unit_that_closes_at_the_same_moment_leaves_no_orphan(
    cast: Cast,
) -> None:
    administrator = cast.system_administrator.viewer
    for round_ in range(8):
        unit = Unit.objects.create(
            district_id=cast.street.district.pk,
            kind="department",
            name=f"临时所{round_}",
            area=cast.street.street,
            parent=cast.street.centre,
            opened_at=clock.now(),
        )
        play = Play(cast).until("accepted")
        answers = at_once(
            partial(play.dispatch, lead_unit_id=unit.pk),
            partial(handover.close_unit, unit=unit, successor=cast.street.centre, by=administrator),
        )
        unexpected = [
            answer
            for answer in answers
            if isinstance(answer, Exception) and not isinstance(answer, Refusal)
        ]
        assert unexpected == []
        assert invariants.faults() == []
        if not isinstance(answers[1], Exception):
            holder = play.case.holder
            assert holder is not None and holder.pk != unit.pk


def test_many_clerks_close_the_same_case_and_one_wins(cast: Cast) -> None:
    play = Play(cast).until("checked")
    number = play.receipt.case_number
    by = cast.supervisor.viewer
    answers = at_once(
        *[lambda: actions.close(number=number, by=by, key=fresh_key()) for _ in range(8)]
    )
    assert sum(isinstance(answer, Step) for answer in answers) == 1
    assert all(isinstance(answer, Step | Refusal) for answer in answers)
    assert invariants.faults() == []


def test_one_key_sent_many_times_at_once_is_one_report_with_one_receipt(cast: Cast) -> None:
    play = Play(cast)
    key = fresh_key()
    answers = at_once(
        *[lambda: actions.report(intake=play.intake(), by=play.stranger, key=key) for _ in range(8)]
    )
    assert {answer.number for answer in answers} == {answers[0].number}
    assert Report.objects.count() == 1


def test_one_key_of_a_return_sent_many_times_at_once_is_one_step(cast: Cast) -> None:
    play = Play(cast).until("handling")
    number, by, key = play.receipt.case_number, cast.handler.viewer, fresh_key()
    answers = at_once(
        *[
            lambda: actions.return_to_centre(
                number=number,
                by=by,
                key=key,
                reason_code="place_unclear",
                duty_id=None,
                right_unit_id=None,
                words="看不清在哪",
            )
            for _ in range(6)
        ]
    )
    assert {answer.pk for answer in answers} == {answers[0].pk}
    assert Step.objects.filter(deed="return").count() == 1


def test_one_key_on_two_cases_at_once_is_done_to_one(cast: Cast) -> None:
    for _ in range(4):
        key = fresh_key()
        numbers = [Play(cast).report().receipt.case_number for _ in range(2)]
        answers = at_once(
            *[
                partial(actions.ask, number=number, by=cast.acceptor.viewer, key=key)
                for number in numbers
            ]
        )
        assert sorted(type(answer).__name__ for answer in answers) == ["KeyReused", "Step"]
    assert invariants.faults() == []


def test_two_merges_towards_each_other_end_in_one_open_case(cast: Cast) -> None:
    one, two = Play(cast).until("reported"), Play(cast).until("reported")
    by = cast.acceptor.viewer
    first, second = one.receipt.case_number, two.receipt.case_number
    answers = at_once(
        lambda: actions.merge(number=first, into=second, by=by, key=fresh_key()),
        lambda: actions.merge(number=second, into=first, by=by, key=fresh_key()),
    )
    assert sum(isinstance(answer, Step) for answer in answers) == 1
    assert invariants.faults() == []


def test_reopening_while_it_is_archived_has_one_outcome(cast: Cast) -> None:
    play = Play(cast).until("closed")
    number = play.receipt.case_number
    report = play.report_row
    at_once(
        lambda: actions.reopen(report=report, by=play.stranger, key=fresh_key(), words="又堆上了"),
        lambda: actions.archive(number=number, by=Viewer.system("beat"), key=fresh_key()),
    )
    assert play.case.state in ("accepted", "archived")
    assert invariants.faults() == []


def test_accepting_at_once_leaves_one_class(cast: Cast) -> None:
    play = Play(cast).until("reported")
    number = play.receipt.case_number
    by = cast.acceptor.viewer
    class_code = a_class()
    answers = at_once(
        *[
            lambda: actions.accept(
                number=number, by=by, key=fresh_key(), class_code=class_code, kind="complaint"
            )
            for _ in range(6)
        ]
    )
    assert sum(isinstance(answer, Step) for answer in answers) == 1
