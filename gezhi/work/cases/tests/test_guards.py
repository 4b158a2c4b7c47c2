"""Each guard is taken away once, and the invariants must notice: a guard nobody misses is none."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint

from gezhi.ground.audit import triggers
from gezhi.kernel import clock
from gezhi.records.units.models import Unit
from gezhi.work.cases import actions, rules
from gezhi.work.cases.deeds import relocate
from gezhi.work.cases.doing import Doing
from gezhi.work.cases.models import Assignment, Case, Report, StageRow, Step
from gezhi.work.cases.tests import invariants
from gezhi.work.cases.tests.playing import Play, fresh_key
from gezhi.work.cases.verification import broken_rows
from tests.cast import box


@contextmanager
def without_database_guards() -> Iterator[None]:
    """Checks and triggers of the case tables off, as if nobody had written them."""
    with transaction.atomic(), connection.cursor() as cursor:
        triggers.remove()
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            # Checks of foreign keys wait at the end of the transaction and would block the change.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for model in (Case, Assignment, StageRow):
                for constraint in model._meta.constraints:
                    if isinstance(constraint, CheckConstraint):
                        cursor.execute(
                            f"ALTER TABLE {model._meta.db_table} DROP CONSTRAINT {constraint.name}"
                        )
        try:
            yield
        finally:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA ignore_check_constraints = OFF")
            transaction.set_rollback(True)


def test_the_guards_stand_before_they_are_taken_away(play: Play) -> None:
    assert triggers.missing() == ()


def test_without_the_check_a_case_sinks(play: Play) -> None:
    play.report()
    with without_database_guards():
        Case.objects.filter(pk=play.case.pk).update(holder=None)
        assert any("without holder" in fault for fault in invariants.faults())


def test_without_the_trigger_a_case_is_held_by_a_closed_unit(play: Play) -> None:
    play.until("dispatched")
    with without_database_guards():
        Unit.objects.filter(pk=play.cast.street.sanitation.pk).update(
            closed_at=clock.now(), successor=play.cast.street.centre
        )
        assert any("closed unit" in fault for fault in invariants.faults())


def test_without_the_append_only_trigger_a_changed_step_breaks_the_chain(play: Play) -> None:
    play.until("accepted")
    with without_database_guards():
        Step.objects.filter(case=play.case, serial=1).update(
            recorded_at=clock.now() - timedelta(days=3)
        )
        assert any("chain" in fault for fault in invariants.faults())


def test_without_the_append_only_trigger_a_removed_step_breaks_the_chain(play: Play) -> None:
    play.until("accepted")
    with without_database_guards():
        Step.objects.filter(case=play.case, serial=2).delete()
        assert any("chain" in fault for fault in invariants.faults())


def test_without_the_state_table_a_case_takes_an_impossible_way(play: Play) -> None:
    play.report()
    free = rules.Rule(
        frozenset((a, b) for a in rules.State for b in rules.State),
        rules.TABLE[rules.Deed.CLOSE].standing,
        rules.TABLE[rules.Deed.CLOSE].roles,
    )
    Case.objects.filter(pk=play.case.pk).update(check_passed_at=clock.now())
    with mock.patch.dict(rules.TABLE, {rules.Deed.CLOSE: free}):
        play.close()
    assert any("not in the table" in fault for fault in invariants.faults())


def test_without_the_deed_key_a_repeat_becomes_a_second_report(play: Play) -> None:
    key = fresh_key()
    play.report(key=key)
    with mock.patch("gezhi.work.cases.intake.taking.made_with", return_value=None):
        with pytest.raises(Exception), transaction.atomic():  # noqa: B017 - whichever error the database has
            play.report(key=key)
        play.report(key=fresh_key())
    assert Report.objects.count() == 2


def test_without_the_version_the_loser_would_overwrite(play: Play) -> None:
    play.report()
    version = play.case.version
    play.do(actions.ask, play.cast.acceptor.viewer)
    play.do(actions.verify, play.cast.zhang.viewer, answer="exists")
    with mock.patch.object(Doing, "_refuse_if_moved_on"):
        play.accept(version=version)
    assert play.case.state == "accepted"


def test_without_the_right_holder_a_centre_keeps_what_its_checkers_cannot_see(play: Play) -> None:
    play.report()
    where = actions.Where(*box(2.4, 0.4, 2.6, 0.6).centroid.coords[0])
    with mock.patch.object(relocate, "right_holder", lambda doing, moved: doing.holder):
        play.do(actions.relocate, play.cast.acceptor.viewer, where=where)
    assert any("another street" in fault for fault in invariants.faults())


def test_without_the_rule_of_four_eyes_the_database_still_says_no(play: Play) -> None:
    play.until("checking")
    Case.objects.filter(pk=play.case.pk).update(finished_by=play.cast.checker.user_id)
    with (
        mock.patch("gezhi.work.cases.own_work.may_check", return_value=True),
        pytest.raises(IntegrityError, match="case_checked_by_another"),
        transaction.atomic(),
    ):
        play.check()


def test_without_rule_and_check_the_finisher_checks_and_is_noticed(play: Play) -> None:
    play.until("checking")
    with without_database_guards():
        Case.objects.filter(pk=play.case.pk).update(finished_by=play.cast.checker.user_id)
        with mock.patch("gezhi.work.cases.own_work.may_check", return_value=True):
            play.check()
        assert any("checked by whoever" in fault for fault in invariants.faults())


def test_without_the_trigger_a_sending_moves_to_a_closed_unit(play: Play) -> None:
    play.until("dispatched")
    water = play.cast.street.water
    Unit.objects.filter(pk=water.pk).update(
        closed_at=clock.now(), successor=play.cast.street.centre
    )
    with without_database_guards():
        Assignment.objects.filter(case=play.case).update(unit=water)
        assert any("lies with a closed unit" in fault for fault in invariants.faults())


@pytest.mark.parametrize("table", ["cases_case", "cases_assignment", "cases_stagerow"])
def test_without_the_checks_a_due_time_is_none(play: Play, table: str) -> None:
    case_id = play.until("dispatched").case.pk
    with without_database_guards(), connection.cursor() as cursor:
        never = "infinity" if connection.vendor == "postgresql" else "never"
        cursor.execute(f"UPDATE {table} SET due_at = %s", [never])
        (row,) = broken_rows()
        assert row.case_id == case_id
        assert any(word in row.fault for word in ("读不出", "被改过", "记的不一样"))
