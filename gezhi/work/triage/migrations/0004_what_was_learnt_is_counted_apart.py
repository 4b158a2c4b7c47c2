"""What a trained model advised is counted apart: the tolerance promises for nothing else."""

from typing import Any

from django.db import migrations, models
from django.db.models import Count, Q


def count(apps: Any, schema_editor: Any) -> None:
    """Every month of the rows that stand."""
    worth = apps.get_model("triage", "Worth")
    given = Q(method="model", abstained=False, confidence__gte=0.5)
    key = ("district_id", "street_id", "what", "month")
    rows = (
        apps.get_model("triage", "Advice")
        .objects.filter(given)
        .order_by()
        .values(*key)
        .annotate(
            learnt=Count("pk"),
            learnt_judged=Count("pk", filter=Q(right__isnull=False)),
            learnt_right=Count("pk", filter=Q(right=True)),
        )
    )
    for row in rows:
        place = {name: row.pop(name) for name in key}
        worth.objects.filter(**place).update(**row)


class Migration(migrations.Migration):
    dependencies = [("triage", "0003_figures_are_kept_by_step")]

    operations = [
        migrations.AddField(
            model_name="worth",
            name="learnt",
            field=models.PositiveIntegerField(default=0, help_text="given by a trained model"),
        ),
        migrations.AddField(
            model_name="worth",
            name="learnt_judged",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="worth",
            name="learnt_right",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
