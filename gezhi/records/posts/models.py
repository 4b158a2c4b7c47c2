"""Posts 岗位 and the appointments 任职 that fill them; rights come from here."""

from django.db import models

from gezhi.kernel.ids import new_id
from gezhi.kernel.viewer import Role
from gezhi.records.posts.page_table import Page as Page
from gezhi.records.posts.rota_tables import Rota as Rota
from gezhi.records.posts.rota_tables import RotaChange as RotaChange
from gezhi.records.posts.rota_tables import RotaLine as RotaLine
from gezhi.records.posts.rota_tables import Shift as Shift
from gezhi.records.posts.rota_tables import Swap as Swap


class Post(models.Model):
    """A seat: a unit, an area, a role, perhaps a profession of the 3+10+N crew; may be vacant."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="posts")
    area = models.ForeignKey("places.Area", on_delete=models.PROTECT, related_name="posts")
    role = models.CharField("角色", max_length=30, choices=[(r.value, r.value) for r in Role])
    profession = models.CharField("专业力量", max_length=30, blank=True)
    name = models.CharField("岗位名称", max_length=60)
    meeting_words = models.CharField(
        "何时何处可见", max_length=100, blank=True, help_text="shown to residents"
    )
    abolished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "岗位"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=[r.value for r in Role]), name="post_role_known"
            )
        ]
        indexes = [models.Index(fields=["area", "role"], name="post_by_area")]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """A user in a post, half-open: `from_at` ≤ t < `to_at`."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="appointments")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "任职"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_at=None) | models.Q(to_at__gte=models.F("from_at")),
                name="appointment_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["post", "user"],
                condition=models.Q(to_at=None),
                name="one_running_appointment",
            ),
        ]
        indexes = [models.Index(fields=["user", "to_at"], name="appointment_by_user")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.user_id}"
