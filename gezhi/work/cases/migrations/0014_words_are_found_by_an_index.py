"""Words are found by an index: a line for each case, and the index over those of ended ones."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from gezhi.kernel.bigrams import stored
from gezhi.work.cases.searching import area_mark, drop_index, make_index, unit_mark

BATCH = 2000


def fill(apps: Any, schema_editor: Any) -> None:
    """The line of every case there is; a million take some minutes."""
    searches = apps.get_model("cases", "CaseSearch")
    batch = []
    for row in _lines(apps):
        batch.append(searches(**row))
        if len(batch) == BATCH:
            searches.objects.bulk_create(batch)
            batch = []
    searches.objects.bulk_create(batch)
    if schema_editor.connection.vendor == "sqlite":
        # The triggers that follow the rows are lifted while tables are changed.
        schema_editor.execute(
            "INSERT INTO cases_searchindex(rowid, line)"
            " SELECT case_id, line FROM cases_casesearch WHERE ended ORDER BY case_id"
        )


def _lines(apps: Any) -> Iterator[dict[str, Any]]:
    words = apps.get_model("cases", "CaseWords").objects.order_by("case_id")
    sent = _sent(apps)
    at, units = next(sent, (0, []))
    for row in words.values_list(
        "case_id", "title", "place_words", "case__ended_at",
        "case__street_id", "case__community_id", "case__grid_id",
    ).iterator(BATCH):  # fmt: skip
        case_id, title, place_words, ended_at, *areas = row
        while at and at < case_id:
            at, units = next(sent, (0, []))
        line = stored(f"{title} {place_words}")
        if line and ended_at is not None:
            marks = [area_mark(area) for area in areas if area]
            marks += [unit_mark(unit) for unit in (units if at == case_id else [])]
            line = f"{line}{' '.join(marks)} "
        yield {"case_id": case_id, "line": line, "ended": ended_at is not None}


def _sent(apps: Any) -> Iterator[tuple[int, list[int]]]:
    """By case in order, the units that were sent it and did not return it."""
    rows = apps.get_model("cases", "Assignment").objects.filter(returned_at=None)
    found = rows.order_by("case_id", "unit_id").values_list("case_id", "unit_id").distinct()
    for case_id, of_case in groupby(found.iterator(BATCH), key=lambda row: row[0]):
        yield case_id, [unit_id for _case_id, unit_id in of_case]


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_photos_follow_their_reports")]

    operations = [
        migrations.CreateModel(
            name="CaseSearch",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                (
                    "line",
                    models.TextField(
                        blank=True, help_text="pairs and signs of title and place, then marks"
                    ),
                ),
                (
                    "ended",
                    models.BooleanField(default=False, help_text="whether it stands in the index"),
                ),
            ],
            options={"verbose_name": "查找用的字"},
        ),
        migrations.RunPython(make_index, drop_index),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
