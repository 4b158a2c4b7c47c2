"""A case cannot sink: what the database refuses, whoever writes (design §4.2)."""

import pytest
from django.db import DatabaseError, connection, transaction

from gezhi.kernel import clock
from gezhi.records.units.models import Unit
from gezhi.work.cases.models import Assignment, Case
from gezhi.work.cases.tests.playing import Play


def _refused(sql: str, *values: int) -> str:
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


@pytest.mark.parametrize("table", ["cases_step", "audit_entry"])
@pytest.mark.parametrize("deed", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_steps_and_audit_are_only_ever_appended(play: Play, table: str, deed: str) -> None:
    play.report()
    _refused(deed.format(table))
