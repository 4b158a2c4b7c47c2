"""Routing rules 派单规则: in an order, what goes where when, to whom, on what basis."""

from django.db import models
from django.db.models import F, Q

from gezhi.kernel.ids import new_id
from gezhi.records.duties.models.duty import Duty


class RouteState(models.TextChoices):
    DRAFT = "draft", "草拟"
    IN_FORCE = "in_force", "生效"
    ENDED = "ended", "已结束"


class Held(models.TextChoices):
    """At which level the unit stands that sends the case."""

    ANY = "", "不分"
    STREET = "street", "街道派单时"
    COMMUNITY = "community", "社区派单时"


class Hours(models.TextChoices):
    """Of a working day the hours the rule names, or all the rest of the time."""

    ANY = "", "任何时候"
    WORKING = "working", "工作日的这段时间"
    OFF = "off", "这段时间以外（含休息日）"


class Route(models.Model):
    """One rule: the first by order that fits a case says who leads it and who assists.

    In force it is never changed: it ends, and another begins.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField()
    name = models.CharField("规则名称", max_length=60)
    order = models.PositiveIntegerField("先后", help_text="the smaller goes first")
    state = models.CharField("状态", max_length=10, choices=RouteState.choices)
    class_code = models.CharField(
        "事项类别", max_length=40, blank=True, help_text="a class or a family; empty for any"
    )
    area = models.ForeignKey("places.Area", on_delete=models.PROTECT, related_name="routes")
    held = models.CharField("派单层级", max_length=10, choices=Held.choices, blank=True)
    hours = models.CharField("时间", max_length=10, choices=Hours.choices, blank=True)
    opens = models.PositiveSmallIntegerField(default=540, help_text="minutes after midnight")
    closes = models.PositiveSmallIntegerField(default=1020, help_text="minutes after midnight")
    weekdays = models.CharField("星期", max_length=7, blank=True, help_text="1 is Monday: 67")
    season_from = models.CharField(max_length=4, blank=True, help_text="month and day: 0501")
    season_to = models.CharField(max_length=4, blank=True, help_text="that day counts too")
    urgency = models.CharField("紧急程度", max_length=20, blank=True)
    lead_unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="led_routes")
    assist_units = models.ManyToManyField(
        "units.Unit", blank=True, through="RouteAssist", related_name="assisted_routes"
    )
    duty = models.ForeignKey(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="routes"
    )
    legal_basis = models.CharField("依据", max_length=300, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    replaces = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaced_by",
        help_text="what ends on the day this one begins",
    )  # fmt: skip
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    enacted_by = models.BigIntegerField(null=True)
    enacted_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "派单规则"
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RouteState.values), name="route_state_known"
            ),
            models.CheckConstraint(condition=Q(held__in=Held.values), name="route_held_known"),
            models.CheckConstraint(condition=Q(hours__in=Hours.values), name="route_hours_known"),
            models.CheckConstraint(
                condition=Q(opens__lt=F("closes")) & Q(closes__lte=1440),
                name="route_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", enacted_at=None) | ~Q(state="draft"),
                name="route_draft_is_not_enacted",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(ended_at__isnull=False, valid_to__isnull=False),
                name="route_ended_has_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["district_id", "state", "class_code"], name="route_by_class")
        ]

    def __str__(self) -> str:
        return self.name


class RouteAssist(models.Model):
    """A unit that assists by a rule, and whether the lead waits for it."""

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="assists")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    waits = models.BooleanField("等它", default=False)

    class Meta:
        verbose_name = "派单规则的协办"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["route", "unit"], name="one_assist_per_route")
        ]
