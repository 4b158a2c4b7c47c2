"""Views of lists: how an account has a list, and what it saved under a name 常用视图."""

from django.db import models
from django.db.models import Q

from gezhi.kernel.ids import new_id


def _no_columns() -> list[str]:
    """The usual ones. A column of the table below is called `list`, so no list can be made there."""
    return []


class Shape(models.TextChoices):
    LINES = "lines", "列表"
    TABLE = "table", "表格"


class ListView(models.Model):
    """A list as somebody wants it: its parameters, its shape, its columns in order.

    Without a name it is how the account has the list whenever it opens it; with one it is a saved
    view, one's own or of a unit. It holds no rows: what a reader sees is asked by their own rights.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False, null=True)
    list = models.CharField(max_length=40, help_text="a queue by its name")
    user_id = models.BigIntegerField(help_text="who made it")
    unit_id = models.BigIntegerField(null=True, help_text="the unit it is shared with")
    name = models.CharField(max_length=20, blank=True, help_text="empty: the account's own shape")
    parameters = models.JSONField(
        default=dict, help_text="filters and order, as an address says it"
    )
    shape = models.CharField(max_length=5, choices=Shape.choices, default=Shape.LINES)
    columns = models.JSONField(
        default=_no_columns, help_text="by name, in order; none for the usual ones"
    )
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "常用视图"
        constraints = [
            models.UniqueConstraint(fields=["user_id", "list", "name"], name="one_view_of_a_name"),
            models.CheckConstraint(
                condition=Q(unit_id__isnull=True) | ~Q(name=""), name="shared_views_have_a_name"
            ),
            models.CheckConstraint(
                condition=Q(shape__in=Shape.values), name="shape_of_a_list_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit_id", "list"],
                condition=Q(unit_id__isnull=False),
                name="view_of_a_unit",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.list
