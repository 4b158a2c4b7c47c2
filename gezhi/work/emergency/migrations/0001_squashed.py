"""The tables as they are, made at once on an empty database; one that grew step by step keeps its steps."""

import django.db.models.deletion
import gezhi.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("emergency", "0001_initial"),
        ("emergency", "0002_words_stand_with_their_case"),
        ("emergency", "0003_deeds_have_keys"),
    ]

    initial = True

    dependencies = [
        ("cases", "0030_guests_have_invitations"),
        ("codes", "0002_enactments"),
        ("places", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Emergency",
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
                ("street_id", models.BigIntegerField()),
                (
                    "community_id",
                    models.BigIntegerField(help_text="where it is on in one alone", null=True),
                ),
                ("plan_code", models.CharField(max_length=40, verbose_name="预案")),
                ("drill", models.BooleanField(default=False, verbose_name="演练")),
                ("words", models.CharField(max_length=200, verbose_name="缘由")),
                ("on_at", models.DateTimeField()),
                ("on_by", models.BigIntegerField()),
                ("off_at", models.DateTimeField(null=True)),
                ("off_by", models.BigIntegerField(null=True)),
                ("off_words", models.CharField(blank=True, max_length=1000, verbose_name="小结")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
                    ),
                ),
                (
                    "pack",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="codes.pack",
                    ),
                ),
            ],
            options={
                "verbose_name": "应急",
                "indexes": [
                    models.Index(fields=["street_id", "-on_at"], name="emergency_of_street")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("off_at", None)),
                        fields=("area", "plan_code", "drill"),
                        name="one_emergency_on",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("off_at", None), ("off_by", None)),
                            models.Q(("off_at__gte", models.F("on_at")), ("off_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="emergency_ends_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CrewCall",
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
                ("rank", models.PositiveSmallIntegerField()),
                ("who", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=60)),
                (
                    "emergency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="crew",
                        to="emergency.emergency",
                    ),
                ),
            ],
            options={
                "verbose_name": "叫队伍",
                "ordering": ["rank"],
                "constraints": [
                    models.UniqueConstraint(fields=("emergency", "rank"), name="one_crew_a_rank")
                ],
            },
        ),
        migrations.CreateModel(
            name="EmergencyCase",
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
                    "how",
                    models.CharField(
                        choices=[
                            ("answer", "点名报的"),
                            ("class", "照类别纳入"),
                            ("hand", "由人纳入"),
                        ],
                        max_length=8,
                    ),
                ),
                ("since", models.DateTimeField()),
                ("is_major", models.BooleanField(default=False, verbose_name="重大事件")),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emergency",
                        to="cases.case",
                    ),
                ),
                (
                    "emergency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="emergency.emergency",
                    ),
                ),
                (
                    "named",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "应急的事",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("how__in", ["answer", "class", "hand"])),
                        name="emergency_case_how_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("named", None), ("is_major", True), _connector="OR"),
                        name="named_for_major_cases_alone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LogLine",
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
                ("at", models.DateTimeField()),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("on", "打开"),
                            ("off", "关闭"),
                            ("roll_call", "点名"),
                            ("safe", "报平安"),
                            ("trouble", "报有事"),
                            ("case_in", "事件纳入"),
                            ("case_ended", "事件了结"),
                            ("major", "列为重大事件"),
                            ("named", "点名负责"),
                            ("not_major", "不再是重大事件"),
                            ("notice", "发通知"),
                            ("call", "呼叫"),
                            ("answered", "应答"),
                            ("declined", "来不了"),
                            ("silent", "没有应答"),
                            ("nobody", "叫完了没有人应答"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "user_id",
                    models.BigIntegerField(
                        help_text="who did it; nobody where the clock did", null=True
                    ),
                ),
                ("grid_id", models.BigIntegerField(null=True)),
                ("person_id", models.BigIntegerField(help_text="whom it is about", null=True)),
                ("number", models.PositiveIntegerField(null=True)),
                ("words", models.CharField(blank=True, max_length=1000)),
                ("key", models.CharField(blank=True, default="", max_length=80)),
                ("digest", models.CharField(blank=True, default="", max_length=80)),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "emergency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="log",
                        to="emergency.emergency",
                    ),
                ),
            ],
            options={
                "verbose_name": "应急日志",
                "indexes": [models.Index(fields=["emergency", "at", "id"], name="log_in_order")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("user_id", "key"),
                        name="one_log_line_per_key",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "code__in",
                                [
                                    "on",
                                    "off",
                                    "roll_call",
                                    "safe",
                                    "trouble",
                                    "case_in",
                                    "case_ended",
                                    "major",
                                    "named",
                                    "not_major",
                                    "notice",
                                    "call",
                                    "answered",
                                    "declined",
                                    "silent",
                                    "nobody",
                                ],
                            )
                        ),
                        name="log_line_code_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RollCall",
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
                ("number", models.PositiveSmallIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.BigIntegerField()),
                (
                    "emergency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roll_calls",
                        to="emergency.emergency",
                    ),
                ),
            ],
            options={
                "verbose_name": "点名",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("emergency", "number"), name="one_roll_call_a_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
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
                    "said",
                    models.CharField(choices=[("safe", "平安"), ("trouble", "有事")], max_length=8),
                ),
                ("words", models.CharField(blank=True, max_length=200)),
                ("answered_by", models.BigIntegerField()),
                ("answered_at", models.DateTimeField()),
                ("key", models.CharField(max_length=80)),
                (
                    "digest",
                    models.CharField(help_text="of what was asked, by this key", max_length=80),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "grid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
                    ),
                ),
                (
                    "roll_call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="emergency.rollcall",
                    ),
                ),
            ],
            options={
                "verbose_name": "点名应答",
                "indexes": [
                    models.Index(
                        fields=["roll_call", "grid", "-answered_at"], name="answer_of_grid"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("answered_by", "key"), name="one_answer_per_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case", None), ("said", "safe")),
                            models.Q(("case__isnull", False), ("said", "trouble"), ("words", "")),
                            _connector="OR",
                        ),
                        name="answer_of_trouble_has_a_case",
                    ),
                ],
            },
        ),
    ]
