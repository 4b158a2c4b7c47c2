"""The value of advice, a row a month, so that drift can be seen.

Kept by step: whoever writes a row of advice, the database moves the counts of its month with it
(`counting`), so that they are true at any moment and nobody counts a million rows for a page.
"""

from dataclasses import fields

from django.db import models

from gezhi.kernel.ids import new_id
from gezhi.work.triage.rules import Tally


class AdviceValue(models.Model):
    """Counts of one month for one question in one street, true at any moment."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    street_id = models.BigIntegerField(default=0, editable=False, help_text="0: on no street")
    what = models.CharField(max_length=10)
    month = models.DateField(help_text="its first day")
    cases = models.PositiveIntegerField(default=0, help_text="cases advice was asked for")
    given = models.PositiveIntegerField(default=0, help_text="not abstained")
    settled = models.PositiveIntegerField(default=0, help_text="given, and a person chose")
    taken = models.PositiveIntegerField(default=0)
    judged = models.PositiveIntegerField(default=0, help_text="given, and the case closed")
    right = models.PositiveIntegerField(default=0)
    learnt = models.PositiveIntegerField(default=0, help_text="given by a trained model")
    learnt_judged = models.PositiveIntegerField(default=0)
    learnt_right = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "成效"
        db_table = "triage_worth"  # as it was first called: triggers write it by this name
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "street_id", "what", "month"], name="one_worth_per_month"
            )
        ]

    @property
    def tally(self) -> Tally:
        """The counts of the row."""
        counts = (field.name for field in fields(Tally))
        return Tally(**{name: getattr(self, name) for name in counts})
