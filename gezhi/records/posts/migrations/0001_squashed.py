"""The tables as they are, made at once on an empty database; one that grew step by step keeps its steps."""

import django.db.models.deletion
import django.db.models.expressions
import gezhi.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("posts", "0001_initial"), ("posts", "0002_rota"), ("posts", "0003_rota_of_posts")]

    initial = True

    dependencies = [
        ("places", "0001_initial"),
        ("units", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Post",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("resident", "resident"),
                            ("grid_worker", "grid_worker"),
                            ("community_clerk", "community_clerk"),
                            ("acceptor", "acceptor"),
                            ("dispatcher", "dispatcher"),
                            ("handler", "handler"),
                            ("checker", "checker"),
                            ("supervisor", "supervisor"),
                            ("leader", "leader"),
                            ("system_administrator", "system_administrator"),
                            ("security_administrator", "security_administrator"),
                            ("audit_administrator", "audit_administrator"),
                        ],
                        max_length=30,
                        verbose_name="角色",
                    ),
                ),
                (
                    "profession",
                    models.CharField(blank=True, max_length=30, verbose_name="专业力量"),
                ),
                ("name", models.CharField(max_length=60, verbose_name="岗位名称")),
                (
                    "meeting_words",
                    models.CharField(
                        blank=True,
                        help_text="shown to residents",
                        max_length=100,
                        verbose_name="何时何处可见",
                    ),
                ),
                ("abolished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="places.area",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="units.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "岗位",
                "indexes": [models.Index(fields=["area", "role"], name="post_by_area")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "resident",
                                    "grid_worker",
                                    "community_clerk",
                                    "acceptor",
                                    "dispatcher",
                                    "handler",
                                    "checker",
                                    "supervisor",
                                    "leader",
                                    "system_administrator",
                                    "security_administrator",
                                    "audit_administrator",
                                ],
                            )
                        ),
                        name="post_role_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
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
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="posts.post",
                    ),
                ),
            ],
            options={
                "verbose_name": "任职",
                "indexes": [models.Index(fields=["user", "to_at"], name="appointment_by_user")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_at", None), ("to_at__gte", models.F("from_at")), _connector="OR"
                        ),
                        name="appointment_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("to_at", None)),
                        fields=("post", "user"),
                        name="one_running_appointment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rota",
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
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("resident", "resident"),
                            ("grid_worker", "grid_worker"),
                            ("community_clerk", "community_clerk"),
                            ("acceptor", "acceptor"),
                            ("dispatcher", "dispatcher"),
                            ("handler", "handler"),
                            ("checker", "checker"),
                            ("supervisor", "supervisor"),
                            ("leader", "leader"),
                            ("system_administrator", "system_administrator"),
                            ("security_administrator", "security_administrator"),
                            ("audit_administrator", "audit_administrator"),
                        ],
                        help_text="whose rota it is; empty: everybody's of the unit",
                        max_length=30,
                        verbose_name="岗位",
                    ),
                ),
                (
                    "posts",
                    models.JSONField(
                        default=list,
                        help_text="ids of posts it is narrowed to; none: it is not",
                        verbose_name="哪些岗位",
                    ),
                ),
                ("name", models.CharField(max_length=30, verbose_name="名称")),
                ("from_day", models.DateField()),
                ("to_day", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.BigIntegerField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rotas",
                        to="units.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "值班表",
                "ordering": ["made_at", "id"],
                "indexes": [models.Index(fields=["unit", "to_day"], name="rota_by_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_day", None), ("to_day__gte", models.F("from_day")), _connector="OR"
                        ),
                        name="rota_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RotaChange",
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
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=60)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.BigIntegerField(null=True)),
                ("taken_back_at", models.DateTimeField(null=True)),
                (
                    "rota",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="posts.rota",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "值班改动",
                "ordering": ["made_at", "id"],
                "indexes": [models.Index(fields=["rota", "to_at"], name="rota_change_by_rota")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_at__gt", models.F("from_at"))),
                        name="rota_change_is_a_span",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RotaLine",
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
                ("place", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("every", "every"),
                            ("workday", "workday"),
                            ("rest", "rest"),
                            ("holiday", "holiday"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "weekdays",
                    models.JSONField(default=list, help_text="0 Monday to 6; none: all of them"),
                ),
                ("from_minute", models.PositiveSmallIntegerField()),
                (
                    "to_minute",
                    models.PositiveSmallIntegerField(help_text="over 1440: on the next day"),
                ),
                ("people", models.JSONField(default=list, help_text="ids of users, in turn")),
                (
                    "turn",
                    models.CharField(choices=[("day", "day"), ("week", "week")], max_length=5),
                ),
                (
                    "rota",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="posts.rota",
                    ),
                ),
            ],
            options={
                "verbose_name": "值班表的一行",
                "ordering": ["place"],
                "constraints": [
                    models.UniqueConstraint(fields=("rota", "place"), name="one_line_per_place"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_minute__lt", 1440),
                            ("to_minute__gt", models.F("from_minute")),
                            (
                                "to_minute__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("from_minute"), "+", models.Value(1440)
                                ),
                            ),
                        ),
                        name="rota_line_is_a_span",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Shift",
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
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField()),
                (
                    "change",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="posts.rotachange",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="posts.rotaline",
                    ),
                ),
                (
                    "rota",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shifts",
                        to="posts.rota",
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
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "值班",
                "ordering": ["from_at", "id"],
                "indexes": [
                    models.Index(fields=["unit", "to_at", "from_at"], name="shift_by_unit"),
                    models.Index(fields=["user", "to_at"], name="shift_by_user"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_at__gt", models.F("from_at"))),
                        name="shift_is_a_span",
                    ),
                    models.UniqueConstraint(
                        fields=("rota", "from_at"), name="one_shift_at_a_moment"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Swap",
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
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField()),
                ("other_from_at", models.DateTimeField(null=True)),
                ("other_to_at", models.DateTimeField(null=True)),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "等对方"),
                            ("agreed", "已换"),
                            ("refused", "没同意"),
                            ("withdrawn", "已收回"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rota",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="swaps",
                        to="posts.rota",
                    ),
                ),
            ],
            options={
                "verbose_name": "换班",
                "ordering": ["-asked_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "agreed", "refused", "withdrawn"])
                        ),
                        name="swap_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asked_by", models.F("asked_of")), _negated=True),
                        name="swap_is_between_two",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("rota", "from_at", "asked_by"),
                        name="one_swap_asked_per_shift",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="rotachange",
            name="swap",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="posts.swap",
            ),
        ),
        migrations.CreateModel(
            name="Page",
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
                ("subject_kind", models.CharField(max_length=30)),
                ("subject_id", models.BigIntegerField()),
                ("subject_number", models.CharField(max_length=30)),
                ("round", models.BigIntegerField(help_text="id of the step that began it")),
                ("rank", models.PositiveSmallIntegerField()),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("unit", "本单位值班"),
                            ("chief", "街道值班长"),
                            ("leader", "领导"),
                        ],
                        max_length=10,
                    ),
                ),
                ("channel", models.CharField(blank=True, max_length=10)),
                ("called_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "等应答"),
                            ("answered", "已应答"),
                            ("no_answer", "没有应答"),
                            ("declined", "说来不了"),
                            ("nobody", "没有人值班"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("is_over", models.BooleanField(default=False)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "呼叫值班",
                "ordering": ["round", "rank"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_over", False)),
                        fields=["called_at"],
                        name="page_not_over",
                    ),
                    models.Index(fields=["user", "is_over"], name="page_by_user"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject_kind", "subject_id", "round", "rank"),
                        name="one_page_per_rank",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                ["waiting", "answered", "no_answer", "declined", "nobody"],
                            )
                        ),
                        name="page_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("channel__gt", ""), ("user__isnull", False)),
                            ("outcome", "nobody"),
                            _connector="OR",
                        ),
                        name="page_calls_somebody_or_nobody",
                    ),
                ],
            },
        ),
    ]
