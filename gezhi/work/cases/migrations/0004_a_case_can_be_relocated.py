"""One more deed: a case is written down where it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_every_case_has_a_street"),
    ]

    operations = [
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
                ],
                max_length=20,
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
                        ],
                    )
                ),
                name="step_deed_known",
            ),
        ),
    ]
