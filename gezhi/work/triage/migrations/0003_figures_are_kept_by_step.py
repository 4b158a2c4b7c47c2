"""Advice knows its month and its minutes, and the counts of every month are true from here on."""

from typing import Any

from django.db import migrations, models
from django.db.models import Q

from gezhi.work.triage.models.advice import this_month

_MONTH = {
    "sqlite": "strftime('%Y-%m-01', made_at, '+8 hours')",
    "postgresql": "date_trunc('month', made_at AT TIME ZONE 'Asia/Shanghai')::date",
}
_MINUTES = {
    "sqlite": "(julianday(c.accepted_at) - julianday(c.reported_at)) * 1440",
    "postgresql": "extract(epoch FROM c.accepted_at - c.reported_at) / 60",
}
_SUMS = """
    SELECT district_id, street_id, what, month, count(*),
      sum(CASE WHEN g THEN 1 ELSE 0 END),
      sum(CASE WHEN g AND settled_at IS NOT NULL THEN 1 ELSE 0 END),
      sum(CASE WHEN g AND taken IS TRUE THEN 1 ELSE 0 END),
      sum(CASE WHEN g AND "right" IS NOT NULL THEN 1 ELSE 0 END),
      sum(CASE WHEN g AND "right" IS TRUE THEN 1 ELSE 0 END)
    FROM (SELECT a.*, confidence >= 0.5 AND abstained IS NOT TRUE AS g FROM triage_advice a) b
    GROUP BY district_id, street_id, what, month
"""


def note(apps: Any, schema_editor: Any) -> None:
    """Month and minutes of every row that stands, in two statements."""
    vendor = schema_editor.connection.vendor
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"UPDATE triage_advice SET month = {_MONTH[vendor]}")
        cursor.execute(
            f"UPDATE triage_advice SET minutes = (SELECT {_MINUTES[vendor]} FROM cases_case c"
            " WHERE c.id = triage_advice.case_id) WHERE what = 'class'"
        )


def count(apps: Any, schema_editor: Any) -> None:
    """Every month anew: until now nights wrote the last four."""
    worth = apps.get_model("triage", "Worth")
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_SUMS)
        rows = cursor.fetchall()
    for district_id, street_id, what, month, cases, given, settled, taken, judged, right in rows:
        worth.objects.update_or_create(
            district_id=district_id,
            street_id=street_id,
            what=what,
            month=month,
            defaults={
                "cases": cases,
                "given": given,
                "settled": settled,
                "taken": taken,
                "judged": judged,
                "right": right,
            },
        )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_words_are_found_by_an_index"),
        ("triage", "0002_each_case_teaches_a_name_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="advice",
            name="minutes",
            field=models.FloatField(
                help_text="from report to acceptance, of class alone", null=True
            ),
        ),
        migrations.AddField(
            model_name="advice",
            name="month",
            field=models.DateField(
                default=this_month,
                help_text="first day of the month it was made in, in China",
            ),
        ),
        migrations.RunPython(note, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="advice",
            index=models.Index(
                condition=Q(what="class", minutes__isnull=False),
                fields=["district_id", "month", "minutes", "taken", "street_id", "what"],
                name="advice_by_minutes",
            ),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
