"""The tables as they are, made at once on an empty database; one that grew step by step keeps its steps."""

import django.db.models.deletion
import gezhi.kernel.ids
import gezhi.work.triage.models.advice
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("triage", "0001_initial"),
        ("triage", "0002_each_case_teaches_a_name_once"),
        ("triage", "0003_figures_are_kept_by_step"),
        ("triage", "0004_what_was_learnt_is_counted_apart"),
        ("triage", "0005_a_word_for_the_value_of_advice"),
        ("triage", "0006_advice_by_a_routing_rule"),
    ]

    initial = True

    dependencies = [
        ("cases", "0030_guests_have_invitations"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Advice",
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
                (
                    "street_id",
                    models.BigIntegerField(default=0, editable=False, help_text="0: on no street"),
                ),
                ("what", models.CharField(max_length=10)),
                ("method", models.CharField(max_length=10)),
                ("label", models.CharField(blank=True, max_length=60, verbose_name="建议的选择")),
                ("confidence", models.FloatField(verbose_name="置信度")),
                ("abstained", models.BooleanField(default=False, verbose_name="弃权")),
                (
                    "alternatives",
                    models.JSONField(default=list, help_text="[[code or id, probability, …], …]"),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "month",
                    models.DateField(
                        default=gezhi.work.triage.models.advice.this_month,
                        help_text="first day of the month it was made in, in China",
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                ("chosen", models.CharField(blank=True, max_length=60, verbose_name="人的选择")),
                ("taken", models.BooleanField(null=True, verbose_name="采纳")),
                ("right", models.BooleanField(null=True, verbose_name="结案时仍对")),
                (
                    "minutes",
                    models.FloatField(
                        help_text="from report to acceptance, of class alone", null=True
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
                "verbose_name": "建议",
                "indexes": [
                    models.Index(
                        fields=["district_id", "what", "made_at"], name="advice_by_moment"
                    ),
                    models.Index(
                        condition=models.Q(("minutes__isnull", False), ("what", "class")),
                        fields=["district_id", "month", "minutes", "taken", "street_id", "what"],
                        name="advice_by_minutes",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "what"), name="one_advice_per_question"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("what__in", ("class", "kind", "unit", "place", "same"))
                        ),
                        name="advice_what_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("method__in", ("rules", "model", "duty", "likeness", "place", "route"))
                        ),
                        name="advice_method_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__gte", 0), ("confidence__lte", 1)),
                        name="advice_confidence_is_a_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taken__isnull", True), ("settled_at__isnull", False), _connector="OR"
                        ),
                        name="advice_taken_once_settled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("abstained", False), ("taken__isnull", True), _connector="OR"
                        ),
                        name="abstained_is_not_taken",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AdviceWords",
            fields=[
                (
                    "advice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="triage.advice",
                    ),
                ),
                ("words", models.JSONField(default=list)),
            ],
            options={
                "verbose_name": "建议的理由",
            },
        ),
        migrations.CreateModel(
            name="AdviceValue",
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
                (
                    "street_id",
                    models.BigIntegerField(default=0, editable=False, help_text="0: on no street"),
                ),
                ("what", models.CharField(max_length=10)),
                ("month", models.DateField(help_text="its first day")),
                (
                    "cases",
                    models.PositiveIntegerField(default=0, help_text="cases advice was asked for"),
                ),
                ("given", models.PositiveIntegerField(default=0, help_text="not abstained")),
                (
                    "settled",
                    models.PositiveIntegerField(default=0, help_text="given, and a person chose"),
                ),
                ("taken", models.PositiveIntegerField(default=0)),
                (
                    "judged",
                    models.PositiveIntegerField(default=0, help_text="given, and the case closed"),
                ),
                ("right", models.PositiveIntegerField(default=0)),
                (
                    "learnt",
                    models.PositiveIntegerField(default=0, help_text="given by a trained model"),
                ),
                ("learnt_judged", models.PositiveIntegerField(default=0)),
                ("learnt_right", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "成效",
                "db_table": "triage_worth",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district_id", "street_id", "what", "month"),
                        name="one_worth_per_month",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Alias",
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
                ("words", models.CharField(max_length=40, verbose_name="别名")),
                (
                    "count",
                    models.PositiveIntegerField(
                        default=1, help_text="cases that taught it, and teachings"
                    ),
                ),
                (
                    "confirmed_by",
                    models.BigIntegerField(help_text="who said it in so many words", null=True),
                ),
                ("learnt_at", models.DateTimeField()),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="places.place",
                    ),
                ),
            ],
            options={
                "verbose_name": "别名",
                "indexes": [models.Index(fields=["district_id", "words"], name="alias_by_words")],
                "constraints": [
                    models.UniqueConstraint(fields=("place", "words"), name="one_alias_per_place"),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="alias_says_something",
                    ),
                ],
            },
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
        migrations.CreateModel(
            name="Fingerprint",
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
                (
                    "content",
                    models.BinaryField(
                        default=bytes, help_text="emptied when the words are erased"
                    ),
                ),
                ("moment", models.FloatField(help_text="days since 1970")),
                ("longitude", models.FloatField(help_text="CGCS2000 degrees", null=True)),
                ("latitude", models.FloatField(help_text="CGCS2000 degrees", null=True)),
                ("compound_id", models.BigIntegerField(null=True)),
                ("class_code", models.CharField(blank=True, max_length=40)),
                (
                    "case",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fingerprint",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "指纹",
                "indexes": [models.Index(fields=["district_id", "id"], name="fingerprint_newest")],
            },
        ),
        migrations.CreateModel(
            name="Tolerance",
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
                ("what", models.CharField(max_length=10)),
                ("version", models.PositiveIntegerField()),
                ("error", models.FloatField(verbose_name="容错率")),
                ("set_at", models.DateTimeField()),
                ("set_by", models.BigIntegerField(null=True)),
            ],
            options={
                "verbose_name": "容错率",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what__in", ("class", "kind", "unit"))),
                        name="tolerance_what_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("error__gte", 0.001), ("error__lte", 0.5)),
                        name="tolerance_in_bounds",
                    ),
                    models.UniqueConstraint(
                        fields=("district_id", "what", "version"), name="one_tolerance_per_version"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Topic",
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
                ("key", models.CharField(max_length=64)),
                (
                    "title",
                    models.CharField(
                        help_text="place and cause, from the words",
                        max_length=80,
                        verbose_name="题目",
                    ),
                ),
                ("words", models.JSONField(default=list)),
                ("place", models.CharField(blank=True, max_length=80)),
                ("people", models.PositiveIntegerField(help_text="distinct people, not messages")),
                ("messages", models.PositiveIntegerField()),
                ("heat", models.FloatField(verbose_name="热度")),
                ("heat_people", models.FloatField(default=0)),
                ("heat_recency", models.FloatField(default=0)),
                ("heat_support", models.FloatField(default=0)),
                ("heat_against", models.FloatField(default=0)),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                (
                    "trend",
                    models.JSONField(default=list, help_text="people in equal parts of the window"),
                ),
                (
                    "organized",
                    models.BooleanField(default=False, help_text="one template sent by many"),
                ),
                (
                    "returning",
                    models.PositiveIntegerField(default=0, help_text="came back after silence"),
                ),
                ("monthly", models.BooleanField(default=False, verbose_name="每月一题候选")),
                ("found_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "热点",
                "ordering": ["-heat", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("district_id", "key"), name="one_topic_per_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="TopicMember",
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
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.report",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="triage.topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "热点里的诉求",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("topic", "report"), name="one_member_per_report"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TrainedModel",
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
                ("what", models.CharField(max_length=10)),
                ("trained_at", models.DateTimeField()),
                ("trained_by", models.BigIntegerField(null=True)),
                ("examples", models.PositiveIntegerField()),
                ("labels", models.PositiveIntegerField()),
                (
                    "measures",
                    models.JSONField(default=dict, help_text="of the newest fifth, held out"),
                ),
                ("digest", models.CharField(help_text="SM3 of the file", max_length=64)),
                ("in_force", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "训练好的模型",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what__in", ("class", "kind", "unit"))),
                        name="trained_what_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("in_force", True)),
                        fields=("district_id", "what"),
                        name="one_model_in_force",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="advice",
            name="trained_model",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="triage.trainedmodel",
            ),
        ),
    ]
