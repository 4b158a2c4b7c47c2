"""The tables as they are, made at once on an empty database; one that grew step by step keeps its steps."""

import django.db.models.deletion
import gezhi.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("duties", "0001_initial"), ("duties", "0002_routes_and_admissions")]

    initial = True

    dependencies = [
        ("places", "0001_initial"),
        ("units", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Duty",
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
                ("district_id", models.PositiveSmallIntegerField()),
                (
                    "class_code",
                    models.CharField(
                        help_text="a class or the head of a family of classes",
                        max_length=40,
                        verbose_name="事项类别",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="事项")),
                (
                    "list_kind",
                    models.CharField(
                        choices=[
                            ("basic", "基本履职"),
                            ("joint", "配合履职"),
                            ("withdrawn", "上级收回"),
                        ],
                        max_length=10,
                        verbose_name="清单类别",
                    ),
                ),
                ("legal_basis", models.CharField(blank=True, max_length=300, verbose_name="依据")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="places.area",
                    ),
                ),
                (
                    "assist_units",
                    models.ManyToManyField(
                        blank=True, related_name="assisted_duties", to="units.unit"
                    ),
                ),
                (
                    "lead_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_duties",
                        to="units.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "权责事项",
                "ordering": ["class_code", "id"],
                "indexes": [
                    models.Index(fields=["district_id", "class_code"], name="duty_by_class")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("list_kind__in", ["basic", "joint", "withdrawn"])),
                        name="duty_list_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Admission",
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
                ("district_id", models.PositiveSmallIntegerField()),
                ("class_code", models.CharField(max_length=40, verbose_name="事项类别")),
                ("matter", models.CharField(max_length=100, verbose_name="事项")),
                (
                    "basis",
                    models.CharField(blank=True, max_length=300, verbose_name="要求交办的依据"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("listed", "清单内"),
                            ("refused", "不予准入"),
                            ("allowed", "街道准入"),
                        ],
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                (
                    "clause",
                    models.CharField(
                        help_text="why it was answered so", max_length=400, verbose_name="条款"
                    ),
                ),
                ("asked_by", models.BigIntegerField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("allowed_by", models.BigIntegerField(null=True)),
                ("allowed_at", models.DateTimeField(null=True)),
                (
                    "allowed_because",
                    models.CharField(blank=True, max_length=200, verbose_name="准入理由"),
                ),
                ("allowed_until", models.DateField(help_text="the last day it counts", null=True)),
                (
                    "office",
                    models.ForeignKey(
                        help_text="a community office",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        help_text="the row that lists it, or that withdrew it",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="admissions",
                        to="duties.duty",
                    ),
                ),
            ],
            options={
                "verbose_name": "社区事项准入",
                "ordering": ["-asked_at", "-id"],
                "indexes": [
                    models.Index(fields=["district_id", "-asked_at"], name="admission_by_moment"),
                    models.Index(
                        fields=["office", "unit", "class_code"], name="admission_by_office"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["listed", "refused", "allowed"])),
                        name="admission_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "allowed"), _negated=True),
                            models.Q(
                                ("allowed_at__isnull", False),
                                ("allowed_until__isnull", False),
                                models.Q(("allowed_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="admission_is_allowed_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "listed"), _negated=True),
                            ("duty__isnull", False),
                            _connector="OR",
                        ),
                        name="admission_listed_cites_a_duty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Route",
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
                ("district_id", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=60, verbose_name="规则名称")),
                (
                    "order",
                    models.PositiveIntegerField(
                        help_text="the smaller goes first", verbose_name="先后"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "草拟"), ("in_force", "生效"), ("ended", "已结束")],
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "class_code",
                    models.CharField(
                        blank=True,
                        help_text="a class or a family; empty for any",
                        max_length=40,
                        verbose_name="事项类别",
                    ),
                ),
                (
                    "held",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "不分"),
                            ("street", "街道派单时"),
                            ("community", "社区派单时"),
                        ],
                        max_length=10,
                        verbose_name="派单层级",
                    ),
                ),
                (
                    "hours",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "任何时候"),
                            ("working", "工作日的这段时间"),
                            ("off", "这段时间以外（含休息日）"),
                        ],
                        max_length=10,
                        verbose_name="时间",
                    ),
                ),
                (
                    "opens",
                    models.PositiveSmallIntegerField(
                        default=540, help_text="minutes after midnight"
                    ),
                ),
                (
                    "closes",
                    models.PositiveSmallIntegerField(
                        default=1020, help_text="minutes after midnight"
                    ),
                ),
                (
                    "weekdays",
                    models.CharField(
                        blank=True, help_text="1 is Monday: 67", max_length=7, verbose_name="星期"
                    ),
                ),
                (
                    "season_from",
                    models.CharField(blank=True, help_text="month and day: 0501", max_length=4),
                ),
                (
                    "season_to",
                    models.CharField(blank=True, help_text="that day counts too", max_length=4),
                ),
                ("urgency", models.CharField(blank=True, max_length=20, verbose_name="紧急程度")),
                ("legal_basis", models.CharField(blank=True, max_length=300, verbose_name="依据")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("made_by", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField()),
                ("enacted_by", models.BigIntegerField(null=True)),
                ("enacted_at", models.DateTimeField(null=True)),
                ("ended_by", models.BigIntegerField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="routes",
                        to="places.area",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="routes",
                        to="duties.duty",
                    ),
                ),
                (
                    "lead_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_routes",
                        to="units.unit",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        help_text="what ends on the day this one begins",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replaced_by",
                        to="duties.route",
                    ),
                ),
            ],
            options={
                "verbose_name": "派单规则",
                "ordering": ["order", "id"],
                "indexes": [
                    models.Index(
                        fields=["district_id", "state", "class_code"], name="route_by_class"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in_force", "ended"])),
                        name="route_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("held__in", ["", "street", "community"])),
                        name="route_held_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours__in", ["", "working", "off"])),
                        name="route_hours_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens__lt", models.F("closes")), ("closes__lte", 1440)
                        ),
                        name="route_opens_before_it_closes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("enacted_at", None), ("state", "draft")),
                            models.Q(("state", "draft"), _negated=True),
                            _connector="OR",
                        ),
                        name="route_draft_is_not_enacted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ended"), _negated=True),
                            models.Q(("ended_at__isnull", False), ("valid_to__isnull", False)),
                            _connector="OR",
                        ),
                        name="route_ended_has_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RouteAssist",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("waits", models.BooleanField(default=False, verbose_name="等它")),
                (
                    "route",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assists",
                        to="duties.route",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "派单规则的协办",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("route", "unit"), name="one_assist_per_route")
                ],
            },
        ),
        migrations.AddField(
            model_name="route",
            name="assist_units",
            field=models.ManyToManyField(
                blank=True,
                related_name="assisted_routes",
                through="duties.RouteAssist",
                to="units.unit",
            ),
        ),
    ]
