"""Whatever is changed by hand, with every guard of the database lifted, is found and named.

The whole of what a case holds is played once; each change is made by raw SQL in a savepoint. A
column that is not covered stands in NOT_COVERED with its reason: a new one is found here.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction

from gezhi.ground.audit.models import Head
from gezhi.kernel import clock
from gezhi.kernel.fields import SealedTextField
from gezhi.kernel.ids import new_id
from gezhi.work.cases.models import Assignment, Attachment, Case, StageRow, Verification
from gezhi.work.cases.tests.playing import Play
from gezhi.work.cases.tests.tampering.hand import COVERED, by_hand, found

# (table, column): why nobody is told when it is changed.
NOT_COVERED = {
    ("audit_head", "id"): "names nothing: a head is found by its subject",
}


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
