"""A case cannot sink: what the database refuses, whoever writes (design §4.2)."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import GeneratedField

from gezhi.ground.audit import actions as audit
from gezhi.ground.audit import blocks
from gezhi.kernel import clock
from gezhi.records.units.models import Unit
from gezhi.work.cases import actions
from gezhi.work.cases.models import Assignment, Case
from gezhi.work.cases.tests.playing import Play


def _refused(sql: str, *values: int | str) -> str:
    """Run raw SQL that must be refused; what the database said."""
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return str(error.value)


@pytest.mark.parametrize("column", ["holder_id", "due_at"])
def test_an_open_case_cannot_lose_its_holder_or_its_due_time(play: Play, column: str) -> None:
    play.report()
    said = _refused(f"UPDATE cases_case SET {column} = NULL WHERE id = %s", play.case.pk)
    assert "case_cannot_sink" in said


@pytest.mark.parametrize("column", ["holder_id", "due_at"])
def test_an_open_case_cannot_be_inserted_without_holder_or_due_time(
    play: Play, column: str
) -> None:
    play.report()
    columns = [str(field.column) for field in Case._meta.concrete_fields]
    chosen = ", ".join(
        {
            "id": "id + 1",
            "number": "'519901202611239999999'",
            column: "NULL",
        }.get(name, name)
        for name in columns
    )
    said = _refused(
        f"INSERT INTO cases_case ({', '.join(columns)}) SELECT {chosen} FROM cases_case"
    )
    assert "case_cannot_sink" in said


def test_an_ended_state_needs_its_moment_and_the_moment_an_ended_state(play: Play) -> None:
    play.report()
    assert "case_ended_iff_terminal" in _refused(
        "UPDATE cases_case SET state = 'closed' WHERE id = %s", play.case.pk
    )
    assert "ended" in _refused(
        "UPDATE cases_case SET ended_at = reported_at, holder_id = NULL WHERE id = %s",
        play.case.pk,
    )


def test_a_state_nobody_knows_is_refused(play: Play) -> None:
    play.report()
    assert "case_" in _refused("UPDATE cases_case SET state = 'lost' WHERE id = %s", play.case.pk)


def test_a_unit_that_holds_a_case_cannot_be_closed(play: Play) -> None:
    play.until("dispatched")
    said = _refused(
        "UPDATE units_unit SET closed_at = opened_at, successor_id = %s WHERE id = %s",
        play.cast.street.centre.pk,
        play.cast.street.sanitation.pk,
    )
    assert "unit_still_holds_cases" in said


def test_a_unit_that_only_assists_cannot_be_closed_either(play: Play) -> None:
    play.until("accepted").dispatch(assist_unit_ids=[play.cast.street.water.pk])
    said = _refused(
        "UPDATE units_unit SET closed_at = opened_at, successor_id = %s WHERE id = %s",
        play.cast.street.centre.pk,
        play.cast.street.water.pk,
    )
    assert "unit_still_holds_cases" in said


def test_nothing_is_sent_to_a_closed_unit(play: Play) -> None:
    play.until("dispatched")
    water = play.cast.street.water
    Unit.objects.filter(pk=water.pk).update(
        closed_at=clock.now(), successor=play.cast.street.centre
    )
    assert "case_holder_is_closed" in _refused(
        "UPDATE cases_case SET holder_id = %s WHERE id = %s", water.pk, play.case.pk
    )
    with pytest.raises(DatabaseError, match="assignment_unit_is_closed"), transaction.atomic():
        Assignment.objects.create(
            district_id=play.case.district_id,
            case=play.case,
            unit=water,
            part="assist",
            sent_at=clock.now(),
            due_at=clock.now(),
        )


def test_a_unit_is_never_deleted(play: Play) -> None:
    assert "unit_is_never_deleted" in _refused(
        "DELETE FROM units_unit WHERE id = %s", play.cast.street.water.pk
    )


def test_a_sending_is_not_moved_to_a_closed_unit_nor_opened_again_there(play: Play) -> None:
    play.until("dispatched")
    water = play.cast.street.water
    Unit.objects.filter(pk=water.pk).update(
        closed_at=clock.now(), successor=play.cast.street.centre
    )
    assert "assignment_unit_is_closed" in _refused(
        "UPDATE cases_assignment SET unit_id = %s WHERE case_id = %s", water.pk, play.case.pk
    )
    moved = "UPDATE cases_assignment SET ended_at = sent_at, unit_id = %s WHERE case_id = %s"
    with connection.cursor() as cursor:
        cursor.execute(moved, [water.pk, play.case.pk])
    assert "assignment_unit_is_closed" in _refused(
        "UPDATE cases_assignment SET ended_at = NULL WHERE case_id = %s", play.case.pk
    )


def test_who_finished_a_case_does_not_check_it(play: Play) -> None:
    play.until("checking")
    assert "case_checked_by_another" in _refused(
        "UPDATE cases_case SET checked_by = finished_by WHERE id = %s", play.case.pk
    )


_NO_MOMENTS = {
    "sqlite": ["", "infinity", "never", "9999-12-31", "2026-13-45 00:00:00"],
    "postgresql": ["infinity", "-infinity", "9999-12-31"],
}


@pytest.mark.parametrize(
    "table", ["cases_case", "cases_assignment", "cases_stagerow", "cases_verification"]
)
def test_a_due_time_is_a_moment_of_this_age(play: Play, table: str) -> None:
    play.report()
    play.do(actions.ask, play.cast.acceptor.viewer)
    play.do(actions.verify, play.cast.zhang.viewer, answer="exists")
    play.accept().dispatch()
    for moment in _NO_MOMENTS[connection.vendor]:
        assert "moment" in _refused(f"UPDATE {table} SET due_at = %s", moment)


def test_an_end_is_a_moment_too(play: Play) -> None:
    play.until("closed")
    for moment in _NO_MOMENTS[connection.vendor]:
        assert "moment" in _refused("UPDATE cases_case SET ended_at = %s", moment)


@pytest.mark.parametrize("table", ["cases_step", "audit_entry"])
@pytest.mark.parametrize("deed", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_steps_and_audit_are_only_ever_appended(play: Play, table: str, deed: str) -> None:
    play.report()
    _refused(deed.format(table))


def _columns(table: str, other: dict[str, str], row: int | None = None) -> str:
    """`INSERT … SELECT` of a row of a table (or its newest) with other values in some columns."""
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    names = [
        str(field.column)
        for field in model._meta.local_concrete_fields
        if not isinstance(field, GeneratedField)
    ]
    chosen = ", ".join(other.get(name, name) for name in names)
    which = row or f"(SELECT max(id) FROM {table})"
    return f"INTO {table} ({', '.join(names)}) SELECT {chosen} FROM {table} WHERE id = {which}"


@pytest.mark.parametrize(
    ("table", "other"),
    [
        ("cases_step", {}),
        ("cases_step", {"id": "id + 1", "deed_key": "'another'"}),
        ("cases_step", {"id": "id + 1", "serial": "serial + 1"}),
        ("audit_entry", {}),
        ("audit_block", {}),
        ("audit_block", {"id": "id + 1", "up_to_entry_id": "up_to_entry_id + 1"}),
        ("audit_block", {"id": "id + 1", "after_entry_id": "after_entry_id + 1"}),
    ],
)
def test_nothing_takes_the_place_of_what_is_only_appended(
    play: Play, monkeypatch: pytest.MonkeyPatch, table: str, other: dict[str, str]
) -> None:
    play.report()
    monkeypatch.setattr(blocks, "GRACE_MILLISECONDS", -1000)
    monkeypatch.setattr(blocks, "SKEW_MILLISECONDS", -1000)
    assert audit.seal_block()
    if connection.vendor == "sqlite":
        assert "append_only" in _refused(f"INSERT OR REPLACE {_columns(table, other)}")
    else:
        put = f"INSERT {_columns(table, other)} ON CONFLICT (id) DO UPDATE SET id = EXCLUDED.id"
        _refused(put)


_REPLACEMENTS = {
    "sqlite": [
        "INSERT OR REPLACE {put}",
        "UPDATE OR REPLACE units_unit SET id = {water} WHERE id = {sanitation}",
        "UPDATE OR REPLACE units_unit SET name = (SELECT name FROM units_unit WHERE id = {water})"
        " WHERE id = {sanitation}",
    ],
    "postgresql": [
        "INSERT {put} ON CONFLICT (id) DO UPDATE SET closed_at = units_unit.opened_at",
        "UPDATE units_unit SET id = {water} WHERE id = {sanitation}",
    ],
}


def test_no_unit_takes_the_place_of_another(play: Play) -> None:
    play.until("dispatched")
    street = play.cast.street
    put = _columns(
        "units_unit",
        {"closed_at": "opened_at", "successor_id": str(street.centre.pk)},
        street.sanitation.pk,
    )
    for statement in _REPLACEMENTS[connection.vendor]:
        said = _refused(
            statement.format(put=put, water=street.water.pk, sanitation=street.sanitation.pk)
        )
        assert "unit_" in said
