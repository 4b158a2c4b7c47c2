"""Which case taught which name: two cases make it count, not one of them twice."""

import django.db.models.deletion
import gezhi.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_a_case_can_be_relocated"),
        ("triage", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="alias",
            name="count",
            field=models.PositiveIntegerField(
                default=1, help_text="cases that taught it, and teachings"
            ),
        ),
        migrations.CreateModel(
            name="AliasUse",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gezhi.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "alias",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uses",
                        to="triage.alias",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "别名出处",
                "constraints": [
                    models.UniqueConstraint(fields=("alias", "case"), name="one_use_per_case")
                ],
            },
        ),
    ]
