"""Whatever is changed by hand, with every guard of the database lifted, is found and named.

The whole of what a case holds is played once; each change is made by raw SQL in a savepoint. A
column that is not covered stands in NOT_COVERED with its reason: a new one is found here.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from gezhi.ground.audit import actions as audit
from gezhi.ground.audit import covering, triggers
from gezhi.ground.audit.models import Entry, Head
from gezhi.ground.audit.rules import head_content, keyed
from gezhi.ground.audit.seals import Seals, added, worth
from gezhi.ground.audit.verification import verify
from gezhi.kernel import clock
from gezhi.kernel.errors import Unseen
from gezhi.kernel.fields import SealedTextField
from gezhi.kernel.ids import new_id
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions, queries
from gezhi.work.cases.models import (
    Assignment,
    Attachment,
    Case,
    CaseWords,
    Opening,
    Report,
    Reporter,
    ReportWords,
    StageRow,
    Step,
    StepWords,
    Verification,
)
from gezhi.work.cases.queries.visible import opened_to
from gezhi.work.cases.sealed import TABLES
from gezhi.work.cases.tests.playing import Play, fresh_key
from gezhi.work.cases.verification import broken_rows, check_cases
from tests.cast import Cast

COVERED: tuple[type[models.Model], ...] = (*TABLES, Step, Head)
# (table, column): why nobody is told when it is changed.
NOT_COVERED = {
    ("audit_head", "id"): "names nothing: a head is found by its subject",
}


@pytest.fixture
def told(play: Play) -> Play:
    """An open case, worked on a second time, with a row in every table and in every state."""
    play.report(photos=(play.photo(),))
    play.do(actions.ask, play.cast.acceptor.viewer, words="请看一看")
    play.do(actions.verify, play.cast.zhang.viewer, answer="exists")
    play.accept(public_summary="门口有垃圾").dispatch(assist_unit_ids=[play.cast.street.water.pk])
    play.take().finish(photos=[play.photo()]).check().close()
    actions.rate(
        report=play.report_row, by=play.stranger, key=fresh_key(), resolved="unsolved",
        satisfied="dissatisfied", words="还有一袋",
    )  # fmt: skip
    play.dispatch().take().finish(photos=[play.photo()])
    play.do(actions.check, play.cast.checker.viewer, passed=False, words="还有")
    play.finish()
    head, seals = audit.locked_head("case", play.case.pk), Seals()
    seals.insert(
        Opening(
            district_id=play.case.district_id, case=play.case, user_id=1, purpose="decide",
            opened_at=clock.now(), until=clock.now(),
        )
    )  # fmt: skip
    audit.settle_head(head, seals)
    return play


@contextmanager
def by_hand() -> Iterator[Callable[..., None]]:
    """Raw SQL of somebody who holds the database and not the keys; taken back at the end."""
    with transaction.atomic(), connection.cursor() as cursor:
        yield cursor.execute
        transaction.set_rollback(True)


@pytest.fixture
def unguarded() -> Iterator[None]:
    """Triggers and checks of all these tables lifted; the test's transaction takes it back."""
    triggers.remove()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for model in COVERED:
                for constraint in model._meta.constraints:
                    if isinstance(constraint, models.CheckConstraint):
                        cursor.execute(
                            f"ALTER TABLE {model._meta.db_table} DROP CONSTRAINT {constraint.name}"
                        )
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        yield
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def found() -> list[int]:
    return [row.case_id for row in broken_rows()]


def others(field: models.Field[Any, Any], old: Any) -> list[Any]:
    """Values the column can have and does not."""
    return [another(field, old), *([None] if field.null and old is not None else [])]


def another(field: models.Field[Any, Any], old: Any) -> Any:
    """A value of the column's type that is not what it holds."""
    if isinstance(field, models.DateTimeField):
        return old + timedelta(microseconds=1) if old else clock.now()
    if isinstance(field, models.BooleanField):
        return not old
    if isinstance(field, models.JSONField):
        return {"a": 1}
    if isinstance(field, models.ForeignKey | models.IntegerField | models.FloatField):
        return (old or 0) + 1000
    return "x" if old != "x" else "y"


def test_every_column_of_every_row_is_covered(told: Play, unguarded: None) -> None:
    missed = [
        f"{model._meta.db_table}.{field.column} = {value!r}"
        for model in COVERED
        for row in [fullest(model)]
        for field in model._meta.local_concrete_fields
        for value in others(field, getattr(row, field.attname))
        if seen(row, field, value) is ((model._meta.db_table, field.column) in NOT_COVERED)
    ]
    assert missed == []
    assert found() == []


def fullest(model: type[models.Model]) -> models.Model:
    """The row of the table that has a value in most columns."""
    rows = model._default_manager.exclude(**_OTHER_HEADS.get(model, {}))
    return max(rows, key=lambda row: sum(value is not None for value in vars(row).values()))


_OTHER_HEADS: dict[type[models.Model], dict[str, str]] = {Head: {"subject_kind": "audit"}}


def seen(row: models.Model, field: models.Field[Any, Any], value: Any) -> bool:
    """Whether the column of this row, set to the value, is found; or the database refuses it."""
    key, table = row._meta.pk.column, row._meta.db_table
    if not isinstance(field, SealedTextField):
        value = field.get_db_prep_save(value, connection)
    case = Case.objects.get()
    with by_hand() as execute:
        try:
            with transaction.atomic():
                execute(f"UPDATE {table} SET {field.column} = %s WHERE {key} = %s", [value, row.pk])
        except DatabaseError:
            return True
        return case.pk in found()


def test_every_row_that_is_taken_away_is_missed(told: Play, unguarded: None) -> None:
    case_id = told.case.pk
    for model in COVERED:
        key = model._meta.pk.column
        for row in model._default_manager.all():
            with by_hand() as execute:
                execute(f"DELETE FROM {model._meta.db_table} WHERE {key} = %s", [row.pk])
                assert case_id in found(), row._meta.db_table


@pytest.mark.parametrize("model", [StageRow, Assignment, Verification, Attachment])
def test_a_row_copied_with_its_seal_is_one_too_many(
    told: Play, unguarded: None, model: type[models.Model]
) -> None:
    columns = [str(field.column) for field in model._meta.local_concrete_fields]
    chosen = ", ".join("%s" if column == "id" else column for column in columns)
    oldest = model._default_manager.earliest("pk")
    with by_hand() as execute:
        execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)})"
            f" SELECT {chosen} FROM {model._meta.db_table} WHERE id = %s",
            [new_id(), oldest.pk],
        )
        assert found() == [told.case.pk]


def _close(execute: Callable[..., None], play: Play) -> None:
    execute(
        "UPDATE cases_case SET state = 'closed', ended_at = reported_at, holder_id = NULL,"
        " due_at = NULL WHERE id = %s",
        [play.case.pk],
    )


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


def _move_a_voice(execute: Callable[..., None], play: Play) -> None:
    other = Play(play.cast).report(text="另一件事").case
    execute("UPDATE cases_report SET case_id = %s WHERE joined = %s", [other.pk, False])


def _take_the_seal_off(execute: Callable[..., None], play: Play) -> None:
    execute("UPDATE audit_head SET seal = '', rows = ''")
    for model in TABLES:
        execute(f"UPDATE {model._meta.db_table} SET seal = ''")


@pytest.mark.parametrize(
    "tamper",
    [
        _close,
        _rewrite_words,
        _empty_words,
        _set_on_time,
        _check_own_work,
        _cut_off,
        _drop_entries,
        _move_a_voice,
        _take_the_seal_off,
    ],
)
def test_what_an_intruder_would_do_is_found(
    told: Play, unguarded: None, tamper: Callable[[Callable[..., None], Play], None]
) -> None:
    covering.cover_all(Viewer.system("prepare"))
    with by_hand() as execute:
        tamper(execute, told)
        checked = check_cases(None, lambda count: None)
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
        assert row.fault == "the trail recorded a step that is gone"


def test_entries_that_were_sealed_into_no_block_yet_are_missed_by_their_steps(
    told: Play, unguarded: None
) -> None:
    with by_hand() as execute:
        execute("DELETE FROM audit_entry")
        assert verify().broken is None
        (row,) = broken_rows()
        assert row.fault == "its entry in the trail is gone"


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("cases_case", "urgency = 'urgent'"),
        ("cases_case", "finished_by = 1"),
        ("cases_assignment", "taken_at = sent_at"),
        ("cases_stagerow", "due_at = began_at"),
        ("audit_head", "rows = seal"),
    ],
)
def test_the_next_deed_does_not_seal_what_was_changed_before_it(
    play: Play, unguarded: None, table: str, change: str
) -> None:
    play.until("dispatched")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change}")
    play.take().finish().check().close()
    assert found() == [play.case.pk]


def test_a_voice_that_was_changed_is_not_sealed_by_its_rating_or_its_merging(
    play: Play, unguarded: None
) -> None:
    into = Play(play.cast).report(text="另一袋垃圾")
    play.report()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_report SET channel = 'visit'")
    play.do(actions.merge, play.cast.acceptor.viewer, into=into.receipt.case_number)
    assert found() == [into.case.pk]


def test_rows_from_before_there_were_seals_are_told_apart_and_sealed_once(
    told: Play, unguarded: None
) -> None:
    case_id = told.case.pk
    with connection.cursor() as cursor:
        _take_the_seal_off(cursor.execute, told)
    checked = check_cases(None, lambda count: None)
    assert (checked.broken, checked.subjects, checked.without_seal) == (None, 1, 1)
    with by_hand() as execute:
        _close(execute, told)
        assert found() == [case_id]
    # A deed between the old version and the sealing leaves the case to it.
    told.check()
    assert covering.cover_all(Viewer.system("prepare")) == 1
    assert check_cases(None, lambda count: None).without_seal == 0
    assert found() == []
    told.close()
    assert found() == []
    assert covering.cover_all(Viewer.system("prepare")) == 0
    assert Entry.objects.filter(verb="audit.cover").count() == 2


def test_what_was_erased_lawfully_fits_and_its_seals_follow(told: Play) -> None:
    actions.erase_reporter(
        number=told.receipt.number,
        by=told.cast.security_administrator.viewer,
        words="本人到大厅申请",
        key=fresh_key(),
    )
    assert not Reporter.objects.exists()
    assert ReportWords.objects.filter(text="").exists()
    assert CaseWords.objects.filter(title="").exists()
    assert StepWords.objects.filter(text="").exists()
    assert found() == []


def test_every_deed_leaves_a_case_that_fits(play: Play) -> None:
    play.report()
    actions.join(
        intake=play.intake(text="我家也是"), case=play.case, by=play.stranger, key=fresh_key()
    )
    other = Play(play.cast).report(text="另一件事")
    other.do(actions.merge, play.cast.acceptor.viewer, into=play.receipt.case_number)
    actions.add_word(
        report=play.report_row, by=play.stranger, key=fresh_key(), words="补充", photos=[play.photo()]
    )  # fmt: skip
    actions.urge(report=play.report_row, by=play.stranger, key=fresh_key())
    play.accept()
    actions.contact(report=play.report_row, by=play.cast.acceptor.viewer, key=fresh_key())
    play.dispatch(assist_unit_ids=[play.cast.street.water.pk])
    assert found() == []
    assert Case.objects.count() == 2
    assert Report.objects.filter(case=play.case).count() == 3


_PAST = re.compile(r"^.*\.(?:save|update|create|bulk_update|bulk_create)\(.*$", re.MULTILINE)
# What is saved after `settle`, and the rows that carry no seal.
_ALLOWED = {"lead.save()", "case.save()"}


def test_no_deed_writes_a_row_past_its_seal() -> None:
    folder = Path(actions.__file__).parent
    written = {
        line.strip()
        for path in folder.rglob("*.py")
        for line in _PAST.findall(path.read_text(encoding="utf-8"))
    }
    assert written == _ALLOWED


def test_a_case_taken_away_whole_with_its_head_is_missed_by_the_trail(
    told: Play, unguarded: None
) -> None:
    case_id = told.case.pk
    with by_hand() as execute:
        take_away(execute)
        (row,) = broken_rows()
        assert (row.case_id, row.fault) == (case_id, "all steps are missing")
        checked = check_cases(None, lambda count: None)
        assert checked.broken is not None
        assert str(case_id) in checked.broken.row
        assert check_cases(clock.now() - timedelta(days=1), lambda count: None).broken is not None
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


def test_openings_from_before_they_had_seals_are_counted_to_their_heads(
    cast: Cast, unguarded: None
) -> None:
    kept = Play(cast).until("handling", confidential=True, text="三楼有人开赌场")
    opening = actions.open_case(number=kept.case.number, by=cast.wang.viewer, need="decide")
    head = Head.objects.get(subject_kind="case", subject_id=kept.case.pk)
    head.rows = added(head.rows, -worth(opening.seal))
    head.seal = keyed(head_content(head))
    head.save()
    Opening.objects.update(seal="")
    assert found() == [kept.case.pk]
    import_module("gezhi.work.cases.migrations.0012_an_opening_has_a_seal").seal(apps, None)
    assert found() == []
    assert opened_to(cast.wang.viewer) == [kept.case.pk]
