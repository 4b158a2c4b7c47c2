"""What an intruder would do to the rows, the chain, the trail and the openings of a case is found."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from gezhi.ground.audit import covering
from gezhi.ground.audit.models import Entry, Head
from gezhi.ground.audit.rules import head_content, keyed
from gezhi.ground.audit.verification import verify
from gezhi.kernel import clock
from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions, queries
from gezhi.work.cases.models import Step
from gezhi.work.cases.queries.visible import opened_to
from gezhi.work.cases.sealed import TABLES
from gezhi.work.cases.tests.playing import Play
from gezhi.work.cases.tests.tampering.hand import by_hand, close, found, take_the_seal_off
from gezhi.work.cases.verification import broken_rows, verify_cases
from tests.cast import Cast


def _rewrite_words(execute: Callable[..., None], play: Play) -> None:
    execute("UPDATE cases_stepwords SET text = 'x' WHERE text LIKE %s", ["%还有一袋%"])


def _empty_words(execute: Callable[..., None], play: Play) -> None:
    execute("UPDATE cases_reportwords SET text = '', place_words = ''")


def _set_on_time(execute: Callable[..., None], play: Play) -> None:
    execute("UPDATE cases_stagerow SET on_time = NOT on_time WHERE on_time IS NOT NULL")


def _check_own_work(execute: Callable[..., None], play: Play) -> None:
    execute("UPDATE cases_case SET finished_by = 1, checked_by = 1")


def _cut_off(execute: Callable[..., None], play: Play) -> None:
    """The last two steps with everything of theirs, and the head as they found it."""
    case = play.case
    kept = Step.objects.get(case=case, serial=case.version - 2)
    cut = Step.objects.filter(case=case, serial__gt=kept.serial)
    gone = tuple(cut.values_list("pk", flat=True))
    for table in ("cases_stepwords", "cases_attachment"):
        execute(f"DELETE FROM {table} WHERE step_id IN (%s, %s)", gone)
    execute("DELETE FROM cases_step WHERE id IN (%s, %s)", gone)
    execute(
        "UPDATE audit_head SET digest = %s, length = %s WHERE subject_kind = 'case'",
        [kept.chain_digest, kept.serial],
    )
    execute(
        "UPDATE cases_case SET state = %s, holder_id = %s, due_at = %s, version = %s",
        [
            kept.to_state,
            kept.holder_after_id,
            Step._meta.get_field("due_after").get_db_prep_save(kept.due_after, connection),
            kept.serial,
        ],
    )


def _drop_entries(execute: Callable[..., None], play: Play) -> None:
    newest = Entry.objects.filter(verb__startswith="cases.").latest("pk")
    execute("DELETE FROM audit_entry WHERE id = %s", [newest.pk])


def _move_a_report(execute: Callable[..., None], play: Play) -> None:
    other = Play(play.cast).report(text="另一件事").case
    execute("UPDATE cases_report SET case_id = %s WHERE joined = %s", [other.pk, False])


@pytest.mark.parametrize(
    "tamper",
    [
        close,
        _rewrite_words,
        _empty_words,
        _set_on_time,
        _check_own_work,
        _cut_off,
        _drop_entries,
        _move_a_report,
        take_the_seal_off,
    ],
)
def test_what_an_intruder_would_do_is_found(
    told: Play, unguarded: None, tamper: Callable[[Callable[..., None], Play], None]
) -> None:
    covering.cover_all(Viewer.system("prepare"))
    with by_hand() as execute:
        tamper(execute, told)
        checked = verify_cases(None, lambda count: None)
        assert told.case.pk in found()
        assert checked.broken is not None
        assert told.case.number in checked.broken.row
    assert found() == []


def test_steps_cut_off_with_a_head_from_an_old_copy_are_missed_by_the_trail(
    told: Play, unguarded: None
) -> None:
    with by_hand() as execute:
        _cut_off(execute, told)
        # As a copy of the database from that day has it, with the seal of that day.
        head = Head.objects.get(subject_kind="case", subject_id=told.case.pk)
        head.seal = keyed(head_content(head))
        head.save()
        (row,) = broken_rows()
        assert row.fault == "留痕记过的一步不在了"


def test_entries_that_were_sealed_into_no_block_yet_are_missed_by_their_steps(
    told: Play, unguarded: None
) -> None:
    with by_hand() as execute:
        execute("DELETE FROM audit_entry")
        assert verify().broken is None
        (row,) = broken_rows()
        assert row.fault == "留痕里记它的那条不在了"


def test_a_case_taken_away_whole_with_its_head_is_missed_by_the_trail(
    told: Play, unguarded: None
) -> None:
    case_id = told.case.pk
    with by_hand() as execute:
        take_away(execute)
        (row,) = broken_rows()
        assert (row.case_id, row.fault) == (case_id, "流转全不在了")
        checked = verify_cases(None, lambda count: None)
        assert checked.broken is not None
        assert str(case_id) in checked.broken.row
        assert verify_cases(clock.now() - timedelta(days=1), lambda count: None).broken is not None
    assert found() == []


def take_away(execute: Callable[..., None]) -> None:
    """All rows of all cases and their heads; the trail stays."""
    for table in [*(model._meta.db_table for model in reversed(TABLES)), "cases_step"]:
        execute(f"DELETE FROM {table}")
    execute("DELETE FROM audit_head WHERE subject_kind = 'case'")


def test_an_opening_made_or_changed_by_hand_opens_nothing_and_is_found(
    cast: Cast, unguarded: None
) -> None:
    kept = Play(cast).until("handling", confidential=True, text="三楼有人开赌场")
    viewer = cast.wang.viewer
    actions.open_case(number=kept.case.number, by=viewer, need="decide")
    assert opened_to(viewer) == [kept.case.pk]
    assert found() == []
    for change in ("seal = ''", "purpose = 'asked'"):
        with by_hand() as execute:
            execute(f"UPDATE cases_opening SET {change}")
            assert opened_to(viewer) == []
            assert found() == [kept.case.pk]
            with pytest.raises(Unseen):
                queries.case_page(viewer, kept.case.number)
    with by_hand() as execute:
        execute("UPDATE cases_opening SET user_id = %s", [cast.supervisor.viewer.user_id])
        assert opened_to(cast.supervisor.viewer) == []
    with by_hand() as execute:
        execute("DELETE FROM cases_opening")
        assert found() == [kept.case.pk]
