"""值班: how duty is arranged, what was changed by hand, and the shifts that came of it.

A pattern is never changed: one rota ends, another begins. Shifts are written ahead as rows and, once
they have begun, never touched again, so that who was on duty then is still true next year.
"""

from django.db import models
from django.db.models import F, Q

from gezhi.kernel.ids import new_id
from gezhi.kernel.viewer import Role
from gezhi.records.posts.patterns import DAY_MINUTES, DayKind, Turn


class Rota(models.Model):
    """A 值班表 of a unit, for all its people, those of one role or of some posts; days half-open."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="rotas")
    role = models.CharField(
        "岗位", max_length=30, blank=True, choices=[(r.value, r.value) for r in Role],
        help_text="whose rota it is; empty: everybody's of the unit",
    )  # fmt: skip
    posts = models.JSONField(
        "哪些岗位", default=list, help_text="ids of posts it is narrowed to; none: it is not"
    )
    name = models.CharField("名称", max_length=30)
    from_day = models.DateField()
    to_day = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "值班表"
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_day=None) | Q(to_day__gte=F("from_day")),
                name="rota_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["unit", "to_day"], name="rota_by_unit")]

    def __str__(self) -> str:
        return self.name


class RotaLine(models.Model):
    """One line of a rota's pattern: which days, from which minute to which, whose turn."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    rota = models.ForeignKey(Rota, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in DayKind])
    weekdays = models.JSONField(default=list, help_text="0 Monday to 6; none: all of them")
    from_minute = models.PositiveSmallIntegerField()
    to_minute = models.PositiveSmallIntegerField(help_text="over 1440: on the next day")
    people = models.JSONField(default=list, help_text="ids of users, in turn")
    turn = models.CharField(max_length=5, choices=[(t.value, t.value) for t in Turn])

    class Meta:
        verbose_name = "值班表的一行"
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["rota", "place"], name="one_line_per_place"),
            models.CheckConstraint(
                condition=Q(from_minute__lt=DAY_MINUTES)
                & Q(to_minute__gt=F("from_minute"))
                & Q(to_minute__lte=F("from_minute") + DAY_MINUTES),
                name="rota_line_is_a_span",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rota_id} {self.place}"


class Swap(models.Model):
    """换班: asked by one, agreed by the other, each by themselves.

    A shift for a shift, or one that is taken over for nothing. The spans stand here, since rows of
    shifts that have not begun are written anew.
    """

    class State(models.TextChoices):
        ASKED = "asked", "等对方"
        AGREED = "agreed", "已换"
        REFUSED = "refused", "没同意"
        WITHDRAWN = "withdrawn", "已收回"

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField()
    rota = models.ForeignKey(Rota, on_delete=models.PROTECT, related_name="swaps")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    other_from_at = models.DateTimeField(null=True)
    other_to_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "换班"
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "agreed", "refused", "withdrawn"]),
                name="swap_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("asked_of")), name="swap_is_between_two"
            ),
            models.UniqueConstraint(
                fields=["rota", "from_at", "asked_by"],
                condition=Q(state="asked"),
                name="one_swap_asked_per_shift",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rota_id} {self.state}"


class RotaChange(models.Model):
    """Who is on duty in the place of whoever the pattern names, or nobody; appended, never changed."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField()
    rota = models.ForeignKey(Rota, on_delete=models.PROTECT, related_name="changes")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    swap = models.ForeignKey(Swap, on_delete=models.PROTECT, null=True, related_name="changes")
    reason = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "值班改动"
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_at__gt=F("from_at")), name="rota_change_is_a_span"
            ),
        ]
        indexes = [models.Index(fields=["rota", "to_at"], name="rota_change_by_rota")]

    def __str__(self) -> str:
        return f"{self.rota_id} {self.pk}"


class Shift(models.Model):
    """值班: who is on duty in a unit from a moment to a moment, half-open; nobody: a gap 空档."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField()
    rota = models.ForeignKey(Rota, on_delete=models.PROTECT, related_name="shifts")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    line = models.ForeignKey(RotaLine, on_delete=models.PROTECT, null=True, related_name="+")
    change = models.ForeignKey(RotaChange, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "值班"
        ordering = ["from_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(to_at__gt=F("from_at")), name="shift_is_a_span"),
            models.UniqueConstraint(fields=["rota", "from_at"], name="one_shift_at_a_moment"),
        ]
        indexes = [
            models.Index(fields=["unit", "to_at", "from_at"], name="shift_by_unit"),
            models.Index(fields=["user", "to_at"], name="shift_by_user"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.from_at:%F %H:%M}"
