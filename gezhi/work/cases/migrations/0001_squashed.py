"""The tables as they are, made at once on an empty database; one that grew step by step keeps its steps."""

import datetime
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import gezhi.kernel.fields
import gezhi.kernel.ids
from django.db import migrations, models
from gezhi.work.cases.searching import drop_index, make_index


class Migration(migrations.Migration):
    replaces = [
        ("cases", "0001_initial"),
        ("cases", "0002_street_of_the_unplaced"),
        ("cases", "0003_every_case_has_a_street"),
        ("cases", "0004_a_case_can_be_relocated"),
        ("cases", "0005_a_key_belongs_to_who_brought_it"),
        ("cases", "0006_every_row_has_a_seal"),
        ("cases", "0007_titles_keep_the_words"),
        ("cases", "0008_checks_of_moments_and_four_eyes"),
        ("cases", "0009_the_community_is_asked_where_no_grid_is_known"),
        ("cases", "0010_confidential_cases_by_their_code"),
        ("cases", "0011_confidential_is_kept"),
        ("cases", "0012_an_opening_has_a_seal"),
        ("cases", "0013_photos_follow_their_reports"),
        ("cases", "0014_words_are_found_by_an_index"),
        ("cases", "0015_lists_have_indexes_of_their_own"),
        ("cases", "0016_restricted_open_ones_of_a_holder"),
        ("cases", "0017_marks_of_a_case"),
        ("cases", "0018_assists_answer"),
        ("cases", "0019_disputes_and_appeals"),
        ("cases", "0020_supervisions"),
        ("cases", "0021_hangs_and_extensions"),
        ("cases", "0022_figures_have_indexes"),
        ("cases", "0023_cases_are_enlisted"),
        ("cases", "0024_whistles_and_levels"),
        ("cases", "0025_days_have_whole_indexes"),
        ("cases", "0026_scores_are_appealed"),
        ("cases", "0027_what_is_handed_on_counts_once"),
        ("cases", "0028_what_came_is_amended"),
        ("cases", "0029_calls_back"),
        ("cases", "0030_guests_have_invitations"),
    ]

    initial = True

    dependencies = [
        ("codes", "0002_enactments"),
        ("duties", "0002_routes_and_admissions"),
        ("files", "0001_initial"),
        ("places", "0001_initial"),
        ("units", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("seal", models.CharField(blank=True, default="", editable=False, max_length=64)),
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
                    "version",
                    models.PositiveIntegerField(
                        default=0, help_text="optimistic guard of every deed"
                    ),
                ),
                ("number", models.CharField(max_length=21, verbose_name="案件号")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reported", "reported"),
                            ("verifying", "verifying"),
                            ("accepted", "accepted"),
                            ("dispatched", "dispatched"),
                            ("handling", "handling"),
                            ("checking", "checking"),
                            ("closed", "closed"),
                            ("archived", "archived"),
                            ("rejected", "rejected"),
                            ("merged", "merged"),
                        ],
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                (
                    "round",
                    models.PositiveSmallIntegerField(default=1, help_text="2 and more: 二次办理"),
                ),
                ("class_code", models.CharField(blank=True, max_length=40, verbose_name="类别")),
                ("kind", models.CharField(blank=True, max_length=20, verbose_name="诉求类型")),
                (
                    "urgency",
                    models.CharField(default="ordinary", max_length=20, verbose_name="紧急程度"),
                ),
                ("scale", models.CharField(blank=True, max_length=20, verbose_name="规模")),
                (
                    "confidentiality",
                    models.CharField(default="open", max_length=20, verbose_name="保密"),
                ),
                ("origin_system", models.CharField(blank=True, max_length=40)),
                ("origin_number", models.CharField(blank=True, max_length=60)),
                ("origin_version", models.CharField(blank=True, max_length=30)),
                (
                    "origin_due_at",
                    models.DateTimeField(help_text="copied, never recomputed", null=True),
                ),
                (
                    "public_summary",
                    models.CharField(blank=True, max_length=60, verbose_name="公开摘要"),
                ),
                ("summary_approved_by", models.BigIntegerField(null=True)),
                ("street_id", models.BigIntegerField()),
                ("community_id", models.BigIntegerField(null=True)),
                (
                    "grid_id",
                    models.BigIntegerField(
                        help_text="now; moved by a re-cut, for rights", null=True
                    ),
                ),
                (
                    "grid_at_id",
                    models.BigIntegerField(help_text="then; never moved, for figures", null=True),
                ),
                ("compound_id", models.BigIntegerField(null=True)),
                ("place_id", models.BigIntegerField(null=True)),
                ("longitude", models.FloatField(help_text="CGCS2000 degrees", null=True)),
                ("latitude", models.FloatField(help_text="CGCS2000 degrees", null=True)),
                ("due_at", models.DateTimeField(null=True, verbose_name="本环节时限")),
                ("due_provisional", models.BooleanField(default=False)),
                ("reported_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("check_passed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "finished_by",
                    models.BigIntegerField(help_text="user who handled it last", null=True),
                ),
                ("finished_unit_id", models.BigIntegerField(null=True)),
                ("checked_by", models.BigIntegerField(null=True)),
                ("on_the_spot", models.BooleanField(default=False, verbose_name="即采即办")),
                (
                    "marks",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="words of `rules.Mark`: `asides`",
                        max_length=200,
                        verbose_name="标记",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_cases",
                        to="units.unit",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_cases",
                        to="cases.case",
                    ),
                ),
                (
                    "pack",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="codes.pack",
                    ),
                ),
            ],
            options={
                "verbose_name": "事件",
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["holder", "state", "due_at", "id"],
                        name="case_queue_of_holder",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["district_id", "due_at", "id"],
                        name="case_open_of_district",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["street_id", "due_at", "id"],
                        name="case_open_of_street",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["community_id", "due_at", "id"],
                        name="case_open_of_community",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["grid_id", "due_at", "id"],
                        name="case_open_of_grid",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", False)),
                        fields=["district_id", "-id"],
                        name="case_ended_of_district",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", False)),
                        fields=["street_id", "-id"],
                        name="case_ended_of_street",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", False)),
                        fields=["community_id", "-id"],
                        name="case_ended_of_community",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", False)),
                        fields=["grid_id", "-id"],
                        name="case_ended_of_grid",
                    ),
                    models.Index(fields=["grid_id", "reported_at"], name="case_by_grid"),
                    models.Index(fields=["compound_id", "-id"], name="case_by_compound"),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", False)),
                        fields=[
                            "street_id",
                            "ended_at",
                            "community_id",
                            "confidentiality",
                            "district_id",
                            "id",
                        ],
                        name="case_ended_lately",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", False)),
                        fields=["state", "ended_at"],
                        name="case_by_end",
                    ),
                    models.Index(
                        fields=["district_id", "reported_at"], name="case_by_reported_day"
                    ),
                    models.Index(
                        fields=["district_id", "accepted_at"], name="case_by_accepted_day"
                    ),
                    models.Index(fields=["district_id", "ended_at"], name="case_by_ended_day"),
                    models.Index(
                        condition=models.Q(
                            ("ended_at", None), models.Q(("marks", ""), _negated=True)
                        ),
                        fields=["street_id", "due_at", "id"],
                        name="case_marked",
                    ),
                    models.Index(
                        condition=models.Q(("marks", ""), _negated=True),
                        fields=["district_id", "id"],
                        name="case_beside",
                    ),
                    models.Index(
                        condition=models.Q(("confidentiality", "restricted")),
                        fields=["street_id", "state", "-id"],
                        name="case_restricted",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("confidentiality", "restricted"), ("ended_at__isnull", True)
                        ),
                        fields=["holder", "state"],
                        name="case_restricted_open",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district_id", "number"), name="one_case_per_number"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("origin_system", ""), _negated=True),
                        fields=("district_id", "origin_system", "origin_number"),
                        name="one_case_per_origin",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", False),
                            models.Q(("holder__isnull", False), ("due_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="case_cannot_sink",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["archived", "closed", "merged", "rejected"]),
                                ("ended_at__isnull", False),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ["archived", "closed", "merged", "rejected"]),
                                    _negated=True,
                                ),
                                ("ended_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="case_ended_iff_terminal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("holder__isnull", True), _connector="OR"
                        ),
                        name="case_ended_is_held_by_nobody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "reported",
                                    "verifying",
                                    "accepted",
                                    "dispatched",
                                    "handling",
                                    "checking",
                                    "closed",
                                    "archived",
                                    "rejected",
                                    "merged",
                                ],
                            )
                        ),
                        name="case_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "merged"), _negated=True),
                            ("merged_into__isnull", False),
                            _connector="OR",
                        ),
                        name="case_merged_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_by__isnull", True),
                            ("finished_by__isnull", True),
                            models.Q(("checked_by", models.F("finished_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="case_checked_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_at__isnull", True),
                            models.Q(
                                (
                                    "due_at__gte",
                                    datetime.datetime(
                                        2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc
                                    ),
                                ),
                                (
                                    "due_at__lt",
                                    datetime.datetime(
                                        2200, 1, 1, 0, 0, tzinfo=datetime.timezone.utc
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="case_due_is_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            models.Q(
                                (
                                    "ended_at__gte",
                                    datetime.datetime(
                                        2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc
                                    ),
                                ),
                                (
                                    "ended_at__lt",
                                    datetime.datetime(
                                        2200, 1, 1, 0, 0, tzinfo=datetime.timezone.utc
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="case_end_is_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidentiality__in", ["open", "restricted"])),
                        name="case_confidentiality_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("seal", models.CharField(blank=True, default="", editable=False, max_length=64)),
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
                ("unit_id", models.BigIntegerField(help_text="for which whoever holds it acts")),
                (
                    "link_index",
                    models.CharField(help_text="keyed digest of the link's sign", max_length=64),
                ),
                (
                    "code_index",
                    models.CharField(help_text="keyed digest of its code", max_length=64),
                ),
                (
                    "shows_photos",
                    models.BooleanField(default=False, help_text="those of the reports, too"),
                ),
                ("made_at", models.DateTimeField()),
                ("made_by", models.BigIntegerField(null=True)),
                ("ends_at", models.DateTimeField()),
                (
                    "ended_at",
                    models.DateTimeField(
                        help_text="taken back, or another took its place", null=True
                    ),
                ),
                ("ended_by", models.BigIntegerField(null=True)),
                ("ending", models.CharField(blank=True, default="", max_length=10)),
            ],
            options={
                "verbose_name": "临时链接",
                "indexes": [
                    models.Index(fields=["district_id", "-id"], name="invitation_newest"),
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["ends_at"],
                        name="invitation_not_ended",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("link_index",), name="one_invitation_per_link"),
                    models.CheckConstraint(
                        condition=models.Q(("ending__in", ["", "revoked", "replaced"])),
                        name="invitation_ending_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ending", "")),
                            models.Q(
                                ("ended_at__isnull", False), models.Q(("ending", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="invitation_ended_somehow",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("made_at"))),
                        name="invitation_holds_a_while",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True),
                            models.Q(
                                (
                                    "ends_at__gte",
                                    datetime.datetime(
                                        2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc
                                    ),
                                ),
                                (
                                    "ends_at__lt",
                                    datetime.datetime(
                                        2200, 1, 1, 0, 0, tzinfo=datetime.timezone.utc
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="invitation_end_is_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("seal", models.CharField(blank=True, default="", editable=False, max_length=64)),
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
                ("number", models.CharField(max_length=13, verbose_name="受理号")),
                ("channel", models.CharField(max_length=20, verbose_name="渠道")),
                ("kind", models.CharField(blank=True, max_length=20, verbose_name="诉求类型")),
                ("language", models.CharField(default="zh-hans", max_length=10)),
                ("happened_at", models.DateTimeField(help_text="claimed", null=True)),
                ("received_at", models.DateTimeField(help_text="true")),
                ("promised_at", models.DateTimeField(help_text="answer by, told to the reporter")),
                ("anonymous", models.BooleanField(default=True)),
                ("confidential", models.BooleanField(default=False)),
                (
                    "account_id",
                    models.BigIntegerField(
                        help_text="a resident's account, once there are", null=True
                    ),
                ),
                (
                    "entered_by",
                    models.BigIntegerField(
                        help_text="the user who typed it for a caller", null=True
                    ),
                ),
                ("joined", models.BooleanField(default=False, verbose_name="我也遇到")),
                ("first_contact_at", models.DateTimeField(null=True)),
                ("first_contact_by", models.BigIntegerField(null=True)),
                ("resolved", models.CharField(blank=True, max_length=12, verbose_name="是否解决")),
                ("satisfied", models.CharField(blank=True, max_length=14, verbose_name="是否满意")),
                ("rated_at", models.DateTimeField(null=True)),
                ("rated_through", models.CharField(blank=True, max_length=10)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="cases.case",
                    ),
                ),
                (
                    "first_case",
                    models.ForeignKey(
                        help_text="before any merge",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "诉求",
                "indexes": [
                    models.Index(fields=["case", "id"], name="report_by_case"),
                    models.Index(fields=["district_id", "promised_at"], name="report_by_promise"),
                    models.Index(fields=["district_id", "rated_at"], name="report_by_rating"),
                    models.Index(
                        condition=models.Q(("entered_by__isnull", False)),
                        fields=["entered_by", "first_case"],
                        name="report_by_staff",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district_id", "number"), name="one_report_per_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("resolved__in", ["", "solved", "partly", "unsolved"])),
                        name="report_resolved_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("satisfied__in", ["", "satisfied", "acceptable", "dissatisfied"])
                        ),
                        name="report_satisfied_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Serial",
            fields=[
                (
                    "district_id",
                    models.PositiveSmallIntegerField(primary_key=True, serialize=False),
                ),
                ("value", models.BigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "流水号",
            },
        ),
        migrations.CreateModel(
            name="Step",
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
                ("serial", models.PositiveIntegerField()),
                ("from_state", models.CharField(blank=True, max_length=12)),
                ("to_state", models.CharField(max_length=12)),
                ("user_id", models.BigIntegerField(null=True)),
                ("system_name", models.CharField(blank=True, max_length=40)),
                ("post_id", models.BigIntegerField(null=True)),
                ("unit_id", models.BigIntegerField(null=True)),
                ("holder_before_id", models.BigIntegerField(null=True)),
                ("holder_after_id", models.BigIntegerField(null=True)),
                ("due_after", models.DateTimeField(null=True)),
                (
                    "seconds_left",
                    models.BigIntegerField(help_text="of the stage left; under 0 late", null=True),
                ),
                ("happened_at", models.DateTimeField(help_text="claimed")),
                ("recorded_at", models.DateTimeField(help_text="true")),
                ("reason_code", models.CharField(blank=True, max_length=40)),
                ("detail", models.JSONField(default=dict, help_text="ids and codes only")),
                ("deed_key", models.CharField(max_length=80)),
                (
                    "content_digest",
                    models.CharField(help_text="keyed digest of what was asked", max_length=64),
                ),
                ("digest", models.CharField(help_text="keyed digest of this row", max_length=64)),
                (
                    "chain_digest",
                    models.CharField(help_text="of the link before and this row", max_length=64),
                ),
                ("round", models.PositiveSmallIntegerField()),
                (
                    "deed",
                    models.CharField(
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
                            ("call_back", "call_back"),
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
                            ("amend", "amend"),
                            ("restrict", "restrict"),
                            ("assist", "assist"),
                            ("dispute", "dispute"),
                            ("rule", "rule"),
                            ("force_close", "force_close"),
                            ("appeal", "appeal"),
                            ("decide", "decide"),
                            ("exclude", "exclude"),
                            ("include", "include"),
                            ("supervise", "supervise"),
                            ("report_to_supervisor", "report_to_supervisor"),
                            ("discharge", "discharge"),
                            ("ask_to_hang", "ask_to_hang"),
                            ("hang", "hang"),
                            ("review", "review"),
                            ("resume", "resume"),
                            ("ask_to_extend", "ask_to_extend"),
                            ("extend", "extend"),
                            ("enlist", "enlist"),
                            ("stand_down", "stand_down"),
                            ("whistle", "whistle"),
                            ("arrive", "arrive"),
                            ("score", "score"),
                            ("escalate", "escalate"),
                            ("invite", "invite"),
                            ("revoke", "revoke"),
                            ("inquire", "inquire"),
                            ("respond", "respond"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "report_id",
                    models.BigIntegerField(
                        help_text="whose report, for reporters' deeds", null=True
                    ),
                ),
                (
                    "invitation_id",
                    models.BigIntegerField(help_text="by which a guest did it", null=True),
                ),
                (
                    "key_owner",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                then=django.db.models.functions.text.Concat(
                                    models.Value("user:"),
                                    django.db.models.functions.comparison.Cast(
                                        "user_id", models.TextField()
                                    ),
                                    output_field=models.TextField(),
                                ),
                                user_id__isnull=False,
                            ),
                            models.When(
                                models.Q(("system_name", ""), _negated=True),
                                then=django.db.models.functions.text.Concat(
                                    models.Value("system:"),
                                    django.db.models.functions.comparison.Cast(
                                        "system_name", models.TextField()
                                    ),
                                    output_field=models.TextField(),
                                ),
                            ),
                            models.When(
                                models.Q(("invitation_id__isnull", False)),
                                then=django.db.models.functions.text.Concat(
                                    models.Value("invitation:"),
                                    django.db.models.functions.comparison.Cast(
                                        "invitation_id", models.TextField()
                                    ),
                                    output_field=models.TextField(),
                                ),
                            ),
                            models.When(
                                models.Q(
                                    ("report_id__isnull", False),
                                    models.Q(("deed__in", ["report", "join"]), _negated=True),
                                ),
                                then=django.db.models.functions.text.Concat(
                                    models.Value("report:"),
                                    django.db.models.functions.comparison.Cast(
                                        "report_id", models.TextField()
                                    ),
                                    output_field=models.TextField(),
                                ),
                            ),
                            default=models.Value("stranger"),
                            output_field=models.TextField(),
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "流转",
                "ordering": ["serial"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "serial"), name="one_step_per_serial"),
                    models.UniqueConstraint(
                        fields=("district_id", "key_owner", "deed_key"),
                        name="one_step_per_owned_key",
                    ),
                    models.CheckConstraint(
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
                                    "call_back",
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
                                    "amend",
                                    "restrict",
                                    "assist",
                                    "dispute",
                                    "rule",
                                    "force_close",
                                    "appeal",
                                    "decide",
                                    "exclude",
                                    "include",
                                    "supervise",
                                    "report_to_supervisor",
                                    "discharge",
                                    "ask_to_hang",
                                    "hang",
                                    "review",
                                    "resume",
                                    "ask_to_extend",
                                    "extend",
                                    "enlist",
                                    "stand_down",
                                    "whistle",
                                    "arrive",
                                    "score",
                                    "escalate",
                                    "invite",
                                    "revoke",
                                    "inquire",
                                    "respond",
                                ],
                            )
                        ),
                        name="step_deed_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("seal", models.CharField(blank=True, default="", editable=False, max_length=64)),
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
                    "part",
                    models.CharField(
                        default="lead", help_text="lead, assist or called", max_length=6
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("sent_at", models.DateTimeField()),
                ("sent_by", models.BigIntegerField(null=True)),
                ("due_at", models.DateTimeField()),
                (
                    "awaited",
                    models.BooleanField(default=False, help_text="the lead waits for this assist"),
                ),
                (
                    "clock_began_at",
                    models.DateTimeField(help_text="empty: when it was sent", null=True),
                ),
                (
                    "limit_words",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="value and unit of its own clock",
                        max_length=60,
                    ),
                ),
                ("provisional", models.BooleanField(default=False)),
                ("calendar_version", models.CharField(blank=True, default="", max_length=20)),
                (
                    "absence",
                    models.CharField(
                        blank=True, default="", help_text="why nobody came", max_length=20
                    ),
                ),
                (
                    "score",
                    models.PositiveSmallIntegerField(help_text="1 to 5, by the street", null=True),
                ),
                ("taken_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("returned_at", models.DateTimeField(null=True)),
                ("misrouted", models.BooleanField(default=False)),
                (
                    "reworked",
                    models.PositiveSmallIntegerField(default=0, help_text="checks it failed"),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "handed_on",
                    models.BooleanField(
                        default=False,
                        help_text="another unit took its place: that row counts, not this one",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="duties.duty",
                    ),
                ),
                (
                    "return_duty",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="duties.duty",
                    ),
                ),
                (
                    "return_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="units.unit",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "派遣",
                "indexes": [
                    models.Index(fields=["unit", "ended_at", "case"], name="assignment_by_unit"),
                    models.Index(fields=["district_id", "sent_at"], name="assignment_by_day"),
                    models.Index(
                        condition=models.Q(("returned_at", None)),
                        fields=["case", "unit"],
                        name="assignment_of_case",
                    ),
                    models.Index(
                        condition=models.Q(("returned_at", None)),
                        fields=["unit", "-case"],
                        name="assignment_newest",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at", None), ("provisional", True)),
                        fields=["case"],
                        name="assignment_provisional",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("part", "lead")),
                        fields=("case",),
                        name="one_open_lead",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("part", "called")),
                        fields=("case", "unit"),
                        name="one_open_call_of_a_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ["lead", "assist", "called"])),
                        name="assignment_part_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("score__isnull", True),
                            models.Q(("part", "called"), ("score__gte", 1), ("score__lte", 5)),
                            _connector="OR",
                        ),
                        name="assignment_score_of_a_called_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_at__isnull", True),
                            models.Q(
                                (
                                    "due_at__gte",
                                    datetime.datetime(
                                        2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc
                                    ),
                                ),
                                (
                                    "due_at__lt",
                                    datetime.datetime(
                                        2200, 1, 1, 0, 0, tzinfo=datetime.timezone.utc
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="assignment_due_is_a_moment",
                    ),
                ],
            },
        ),
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
            options={
                "verbose_name": "查找用的字",
            },
        ),
        migrations.CreateModel(
            name="CaseWords",
            fields=[
                ("seal", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=80)),
                ("place_words", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "verbose_name": "事件文字",
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("seal", models.CharField(blank=True, default="", editable=False, max_length=64)),
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
                ("about", models.CharField(help_text="misrouted, late or score", max_length=10)),
                ("unit_id", models.BigIntegerField(help_text="who appeals")),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.BigIntegerField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.BigIntegerField(null=True)),
                ("granted", models.BooleanField(null=True)),
                (
                    "score_before",
                    models.PositiveSmallIntegerField(help_text="the score appealed", null=True),
                ),
                (
                    "score_after",
                    models.PositiveSmallIntegerField(help_text="the score set anew", null=True),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.assignment",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "申诉",
                "indexes": [
                    models.Index(
                        condition=models.Q(("decided_at", None)),
                        fields=["district_id", "case"],
                        name="appeal_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None)),
                        fields=("case",),
                        name="one_open_appeal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("about__in", ["misrouted", "late", "score"])),
                        name="appeal_about_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("about", "score"),
                                ("assignment__isnull", False),
                                ("score_before__isnull", False),
                            ),
                            models.Q(
                                models.Q(("about", "score"), _negated=True), ("score_before", None)
                            ),
                            _connector="OR",
                        ),
                        name="appeal_of_a_score_names_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("score_after", None),
                            models.Q(
                                ("about", "score"),
                                ("granted", True),
                                models.Q(("score_after", models.F("score_before")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="appeal_sets_a_score_granted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="appeal_decided_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hang",
            fields=[
                ("seal", models.CharField(blank=True, default="", editable=False, max_length=64)),
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
                ("round", models.PositiveSmallIntegerField()),
                ("reason_code", models.CharField(max_length=40)),
                ("review_at", models.DateTimeField(help_text="moved by each review")),
                ("asked_by", models.BigIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("decided_by", models.BigIntegerField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("granted", models.BooleanField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hangs",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "挂账",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("case",),
                        name="one_open_hang",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="hang_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("granted__isnull", True),
                            ("decided_at__isnull", False),
                            _connector="OR",
                        ),
                        name="hang_granted_was_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("review_at__isnull", True),
                            models.Q(
                                (
                                    "review_at__gte",
                                    datetime.datetime(
                                        2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc
                                    ),
                                ),
                                (
                                    "review_at__lt",
                                    datetime.datetime(
                                        2200, 1, 1, 0, 0, tzinfo=datetime.timezone.utc
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="hang_review_is_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvitationContact",
            fields=[
                ("seal", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "invitation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="contact",
                        serialize=False,
                        to="cases.invitation",
                    ),
                ),
                ("words", gezhi.kernel.fields.SealedTextField(blank=True, default="")),
            ],
            options={
                "verbose_name": "现场联系人",
            },
        ),
        migrations.AddField(
            model_name="invitation",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to="cases.assignment",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to="cases.case",
            ),
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("seal", models.CharField(blank=True, default="", editable=False, max_length=64)),
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
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "保密查看",
                "indexes": [models.Index(fields=["user_id", "until"], name="opening_by_user")],
            },
        ),
        migrations.CreateModel(
            name="Precedent",
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
                ("wording", models.CharField(max_length=60, verbose_name="这类事的说法")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                ("valid_from", models.DateField()),
                (
                    "valid_to",
                    models.DateField(help_text="from this day on it counts no more", null=True),
                ),
                ("made_by", models.BigIntegerField(null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="duties.duty",
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
                "verbose_name": "派单先例",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["district_id", "class_code"], name="precedent_by_class")
                ],
            },
        ),
        migrations.AddField(
            model_name="assignment",
            name="precedent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.precedent",
            ),
        ),
        migrations.CreateModel(
            name="Reporter",
            fields=[
                ("seal", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reporter",
                        serialize=False,
                        to="cases.report",
                    ),
                ),
                ("name", gezhi.kernel.fields.SealedTextField(blank=True, default="")),
                ("phone", gezhi.kernel.fields.SealedTextField(blank=True, default="")),
                ("phone_index", models.CharField(blank=True, db_index=True, max_length=64)),
            ],
            options={
                "verbose_name": "反映人",
            },
        ),
        migrations.CreateModel(
            name="ReportWords",
            fields=[
                ("seal", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="cases.report",
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("place_words", models.CharField(blank=True, max_length=200)),
                ("rating_words", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "诉求文字",
            },
        ),
        migrations.CreateModel(
            name="CallBack",
            fields=[
                ("seal", models.CharField(blank=True, default="", editable=False, max_length=64)),
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
                    "round",
                    models.PositiveSmallIntegerField(help_text="after which handling of the case"),
                ),
                (
                    "planned_at",
                    models.DateTimeField(help_text="empty: nobody planned it", null=True),
                ),
                ("tried_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.BigIntegerField(help_text="who planned it, then who called", null=True),
                ),
                ("outcome", models.CharField(blank=True, max_length=12)),
                ("resolved", models.CharField(blank=True, max_length=12)),
                ("satisfied", models.CharField(blank=True, max_length=14)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call_backs",
                        to="cases.case",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call_backs",
                        to="cases.report",
                    ),
                ),
            ],
            options={
                "verbose_name": "回访记录",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["", "reached", "not_reached", "refused"])
                        ),
                        name="call_back_outcome_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")),
                        fields=("report",),
                        name="one_planned_call_back",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outcome", ""),
                                ("tried_at__isnull", True),
                                ("planned_at__isnull", False),
                            ),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("tried_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="call_back_is_planned_or_tried",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outcome", "reached"), models.Q(("resolved", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("outcome", "reached"), _negated=True),
                                ("resolved", ""),
                                ("satisfied", ""),
                            ),
                            _connector="OR",
                        ),
                        name="call_back_says_what_was_said",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("planned_at__isnull", True),
                            models.Q(
                                (
                                    "planned_at__gte",
                                    datetime.datetime(
                                        2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc
                                    ),
                                ),
                                (
                                    "planned_at__lt",
                                    datetime.datetime(
                                        2200, 1, 1, 0, 0, tzinfo=datetime.timezone.utc
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="call_back_plan_is_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tried_at__isnull", True),
                            models.Q(
                                (
                                    "tried_at__gte",
                                    datetime.datetime(
                                        2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc
                                    ),
                                ),
                                (
                                    "tried_at__lt",
                                    datetime.datetime(
                                        2200, 1, 1, 0, 0, tzinfo=datetime.timezone.utc
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="call_back_try_is_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                ("seal", models.CharField(blank=True, default="", editable=False, max_length=64)),
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
                ("round", models.PositiveSmallIntegerField()),
                ("disputed_at", models.DateTimeField()),
                (
                    "disputed_by",
                    models.BigIntegerField(help_text="empty: by the rule of returns", null=True),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True, help_text="chief or meeting, once ruled", max_length=10
                    ),
                ),
                ("ruled_at", models.DateTimeField(null=True)),
                ("ruled_by", models.BigIntegerField(null=True)),
                (
                    "ended_at",
                    models.DateTimeField(help_text="ruled, or not needed any more", null=True),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rulings",
                        to="cases.case",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="duties.duty",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "裁决",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("case",),
                        name="one_open_dispute",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["", "chief", "meeting"])),
                        name="ruling_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ruled_at__isnull", True),
                            models.Q(
                                ("unit__isnull", False),
                                ("ended_at__isnull", False),
                                models.Q(("kind", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="ruling_names_a_unit",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="precedent",
            name="ruling",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="precedents",
                to="cases.ruling",
            ),
        ),
        migrations.CreateModel(
            name="StageRow",
            fields=[
                ("seal", models.CharField(blank=True, default="", editable=False, max_length=64)),
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
                    "stage",
                    models.CharField(
                        choices=[
                            ("accepting", "accepting"),
                            ("verifying", "verifying"),
                            ("dispatching", "dispatching"),
                            ("ruling", "ruling"),
                            ("taking", "taking"),
                            ("handling", "handling"),
                            ("checking", "checking"),
                            ("closing", "closing"),
                        ],
                        max_length=12,
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                ("unit_id", models.BigIntegerField()),
                ("began_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("provisional", models.BooleanField(default=False)),
                ("calendar_version", models.CharField(blank=True, max_length=20)),
                (
                    "limit_words",
                    models.CharField(blank=True, help_text="value and unit used", max_length=60),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("on_time", models.BooleanField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stages",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "环节",
                "indexes": [
                    models.Index(fields=["unit_id", "stage", "began_at"], name="stage_by_unit")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("case",),
                        name="one_running_stage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_at__isnull", True),
                            models.Q(
                                (
                                    "due_at__gte",
                                    datetime.datetime(
                                        2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc
                                    ),
                                ),
                                (
                                    "due_at__lt",
                                    datetime.datetime(
                                        2200, 1, 1, 0, 0, tzinfo=datetime.timezone.utc
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="stage_due_is_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("seal", models.CharField(blank=True, default="", editable=False, max_length=64)),
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
                ("round", models.PositiveSmallIntegerField()),
                ("amount", models.PositiveSmallIntegerField(help_text="in the unit of the limit")),
                (
                    "unit",
                    models.CharField(help_text="of the limit, as of the amount", max_length=20),
                ),
                ("reason_code", models.CharField(max_length=40)),
                ("form", models.BigIntegerField(help_text="file of the signed form", null=True)),
                ("asked_by", models.BigIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("decided_by", models.BigIntegerField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("granted", models.BooleanField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="cases.case",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        help_text="its clock",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="cases.stagerow",
                    ),
                ),
            ],
            options={
                "verbose_name": "延期",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None)),
                        fields=("case",),
                        name="one_open_extension",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="extension_adds_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "unit__in",
                                ["urgent_hours", "working_hours", "working_days", "calendar_days"],
                            )
                        ),
                        name="extension_unit_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="extension_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("granted__isnull", True),
                            ("decided_at__isnull", False),
                            _connector="OR",
                        ),
                        name="extension_granted_was_decided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Exclusion",
            fields=[
                ("seal", models.CharField(blank=True, default="", editable=False, max_length=64)),
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
                    "scope",
                    models.CharField(help_text="case, assignment, stage or rating", max_length=10),
                ),
                ("reason_code", models.CharField(max_length=40)),
                ("excluded_at", models.DateTimeField()),
                ("excluded_by", models.BigIntegerField(null=True)),
                (
                    "included_at",
                    models.DateTimeField(help_text="it counts again from then on", null=True),
                ),
                ("included_by", models.BigIntegerField(null=True)),
                (
                    "appeal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.appeal",
                    ),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.assignment",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exclusions",
                        to="cases.case",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.report",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.stagerow",
                    ),
                ),
            ],
            options={
                "verbose_name": "剔除",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scope__in", ["case", "assignment", "stage", "rating"])
                        ),
                        name="exclusion_scope_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("assignment", None),
                                ("report", None),
                                ("scope", "case"),
                                ("stage", None),
                            ),
                            models.Q(
                                ("assignment__isnull", False),
                                ("report", None),
                                ("scope", "assignment"),
                                ("stage", None),
                            ),
                            models.Q(
                                ("assignment", None),
                                ("report", None),
                                ("scope", "stage"),
                                ("stage__isnull", False),
                            ),
                            models.Q(
                                ("assignment", None),
                                ("report__isnull", False),
                                ("scope", "rating"),
                                ("stage", None),
                            ),
                            _connector="OR",
                        ),
                        name="exclusion_names_its_scope",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("included_at", None), ("scope", "case")),
                        fields=("case",),
                        name="one_exclusion_of_case",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("included_at", None), ("scope", "assignment")),
                        fields=("assignment",),
                        name="one_exclusion_of_assignment",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("included_at", None), ("scope", "stage")),
                        fields=("stage",),
                        name="one_exclusion_of_stage",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("included_at", None), ("scope", "rating")),
                        fields=("report",),
                        name="one_exclusion_of_rating",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="appeal",
            name="stage",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.stagerow",
            ),
        ),
        migrations.CreateModel(
            name="StepWords",
            fields=[
                ("seal", models.CharField(blank=True, default="", editable=False, max_length=64)),
                (
                    "step",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="cases.step",
                    ),
                ),
                ("text", models.TextField()),
                (
                    "for_reporter",
                    models.BooleanField(default=False, help_text="the reporter may read it"),
                ),
            ],
            options={
                "verbose_name": "流转文字",
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("seal", models.CharField(blank=True, default="", editable=False, max_length=64)),
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
                    "purpose",
                    models.CharField(
                        default="report", help_text="report, before, after…", max_length=12
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.file",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="cases.case",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="cases.report",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="cases.step",
                    ),
                ),
            ],
            options={
                "verbose_name": "事件附件",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("purpose__in", ["report", "before", "after", "check", "form"])
                        ),
                        name="attachment_purpose_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Supervision",
            fields=[
                ("seal", models.CharField(blank=True, default="", editable=False, max_length=64)),
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
                ("round", models.PositiveSmallIntegerField()),
                (
                    "supervisor_id",
                    models.BigIntegerField(help_text="the user who alone can discharge it"),
                ),
                ("began_at", models.DateTimeField()),
                ("began_by", models.BigIntegerField(null=True)),
                ("due_at", models.DateTimeField(help_text="answer by")),
                ("answered_at", models.DateTimeField(help_text="first answered", null=True)),
                ("answered_by", models.BigIntegerField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.BigIntegerField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supervisions",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "督办",
                "indexes": [
                    models.Index(fields=["case", "-id"], name="supervision_of_case"),
                    models.Index(
                        condition=models.Q(("answered_at", None), ("ended_at", None)),
                        fields=["due_at"],
                        name="supervision_unanswered",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("case",),
                        name="one_open_supervision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_at__isnull", True),
                            models.Q(
                                (
                                    "due_at__gte",
                                    datetime.datetime(
                                        2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc
                                    ),
                                ),
                                (
                                    "due_at__lt",
                                    datetime.datetime(
                                        2200, 1, 1, 0, 0, tzinfo=datetime.timezone.utc
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="supervision_due_is_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("seal", models.CharField(blank=True, default="", editable=False, max_length=64)),
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
                    "grid_id",
                    models.BigIntegerField(help_text="empty: the community is asked", null=True),
                ),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.BigIntegerField(null=True)),
                ("due_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.BigIntegerField(null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True, help_text="exists, absent or unclear", max_length=12
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verifications",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "核实",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["", "exists", "absent", "unclear"])),
                        name="verification_answer_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("case",),
                        name="one_open_question",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_at__isnull", True),
                            models.Q(
                                (
                                    "due_at__gte",
                                    datetime.datetime(
                                        2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc
                                    ),
                                ),
                                (
                                    "due_at__lt",
                                    datetime.datetime(
                                        2200, 1, 1, 0, 0, tzinfo=datetime.timezone.utc
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="question_due_is_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Whistle",
            fields=[
                ("seal", models.CharField(blank=True, default="", editable=False, max_length=64)),
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
                    "kind",
                    models.CharField(
                        help_text="code of the dictionary whistle_kinds", max_length=20
                    ),
                ),
                ("blown_at", models.DateTimeField()),
                ("blown_by", models.BigIntegerField(null=True)),
                ("unit_id", models.BigIntegerField(help_text="whose seat blew it")),
                ("due_at", models.DateTimeField(help_text="be there by")),
                ("ended_at", models.DateTimeField(help_text="scored", null=True)),
                ("ended_by", models.BigIntegerField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="whistles",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "吹哨",
                "indexes": [models.Index(fields=["case", "-id"], name="whistle_of_case")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("case",),
                        name="one_open_whistle",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_at__isnull", True),
                            models.Q(
                                (
                                    "due_at__gte",
                                    datetime.datetime(
                                        2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc
                                    ),
                                ),
                                (
                                    "due_at__lt",
                                    datetime.datetime(
                                        2200, 1, 1, 0, 0, tzinfo=datetime.timezone.utc
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="whistle_due_is_a_moment",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="assignment",
            name="whistle",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="called",
                to="cases.whistle",
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(fields=["case", "-id"], name="invitation_of_case"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("assignment",),
                name="one_invitation_per_assignment",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("assignment__isnull", False), ("stage__isnull", False), _connector="OR"
                ),
                name="appeal_names_what_was_counted",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("part", "called"), ("whistle__isnull", False)),
                    models.Q(
                        models.Q(("part", "called"), _negated=True), ("whistle__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="assignment_called_by_a_whistle",
            ),
        ),
        migrations.RunPython(make_index, drop_index),
    ]
