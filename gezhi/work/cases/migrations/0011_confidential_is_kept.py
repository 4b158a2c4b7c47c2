"""What keeps confidential cases: their codes, a short index of them, and who opened one by need."""

import django.db.models.deletion
import gezhi.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_confidential_cases_by_their_code"),
        ("codes", "0001_initial"),
        ("units", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Opening",
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
                ("district_id", models.PositiveSmallIntegerField(editable=False)),
                ("user_id", models.BigIntegerField()),
                ("purpose", models.CharField(help_text="code of the need", max_length=20)),
                (
                    "words",
                    models.CharField(
                        blank=True, help_text="the need in words, if other", max_length=50
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
            ],
            options={
                "verbose_name": "保密查看",
            },
        ),
        migrations.RemoveConstraint(
            model_name="step",
            name="step_deed_known",
        ),
        migrations.AlterField(
            model_name="step",
            name="deed",
            field=models.CharField(
                choices=[
                    ("report", "report"),
                    ("join", "join"),
                    ("ask", "ask"),
                    ("verify", "verify"),
                    ("accept", "accept"),
                    ("reject", "reject"),
                    ("merge", "merge"),
                    ("answer", "answer"),
                    ("dispatch", "dispatch"),
                    ("take", "take"),
                    ("return", "return"),
                    ("finish", "finish"),
                    ("handle_on_the_spot", "handle_on_the_spot"),
                    ("check", "check"),
                    ("pass", "pass"),
                    ("close", "close"),
                    ("rate", "rate"),
                    ("reopen", "reopen"),
                    ("archive", "archive"),
                    ("lift", "lift"),
                    ("hand_over", "hand_over"),
                    ("add_word", "add_word"),
                    ("urge", "urge"),
                    ("contact", "contact"),
                    ("summarize", "summarize"),
                    ("relocate", "relocate"),
                    ("recompute", "recompute"),
                    ("restrict", "restrict"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("confidentiality", "restricted")),
                fields=["street_id", "state", "-id"],
                name="case_restricted",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("confidentiality__in", ["open", "restricted"])),
                name="case_confidentiality_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "deed__in",
                        [
                            "report",
                            "join",
                            "ask",
                            "verify",
                            "accept",
                            "reject",
                            "merge",
                            "answer",
                            "dispatch",
                            "take",
                            "return",
                            "finish",
                            "handle_on_the_spot",
                            "check",
                            "pass",
                            "close",
                            "rate",
                            "reopen",
                            "archive",
                            "lift",
                            "hand_over",
                            "add_word",
                            "urge",
                            "contact",
                            "summarize",
                            "relocate",
                            "recompute",
                            "restrict",
                        ],
                    )
                ),
                name="step_deed_known",
            ),
        ),
        migrations.AddField(
            model_name="opening",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="openings",
                to="cases.case",
            ),
        ),
        migrations.AddIndex(
            model_name="opening",
            index=models.Index(fields=["user_id", "until"], name="opening_by_user"),
        ),
    ]
