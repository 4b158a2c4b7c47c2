"""One piece of advice for one case, and what became of it."""

from datetime import date

from django.db import models
from django.db.models import Q

from gezhi.kernel import clock
from gezhi.kernel.ids import new_id
from gezhi.work.triage.rules import LEAST_GIVEN, METHODS, QUESTIONS, is_given

# The same as `rules.is_given`, asked of many rows.
GIVEN = Q(abstained=False, confidence__gte=LEAST_GIVEN)


def this_month() -> date:
    """The first day of the month it is now, in China."""
    return clock.today().replace(day=1)


class Advice(models.Model):
    """What was advised for a case, by which method, what the person chose, and who was right."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    street_id = models.BigIntegerField(default=0, editable=False, help_text="0: on no street")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=10)
    method = models.CharField(max_length=10)
    trained_model = models.ForeignKey(
        "triage.TrainedModel", on_delete=models.PROTECT, null=True, related_name="+"
    )
    label = models.CharField("建议的选择", max_length=60, blank=True)
    confidence = models.FloatField("置信度")
    abstained = models.BooleanField("弃权", default=False)
    alternatives = models.JSONField(default=list, help_text="[[code or id, probability, …], …]")
    made_at = models.DateTimeField()
    month = models.DateField(
        default=this_month, help_text="first day of the month it was made in, in China"
    )
    settled_at = models.DateTimeField(null=True)
    chosen = models.CharField("人的选择", max_length=60, blank=True)
    taken = models.BooleanField("采纳", null=True)
    right = models.BooleanField("结案时仍对", null=True)
    minutes = models.FloatField(null=True, help_text="from report to acceptance, of class alone")

    class Meta:
        verbose_name = "建议"
        constraints = [
            models.UniqueConstraint(fields=["case", "what"], name="one_advice_per_question"),
            models.CheckConstraint(condition=Q(what__in=QUESTIONS), name="advice_what_known"),
            models.CheckConstraint(condition=Q(method__in=METHODS), name="advice_method_known"),
            models.CheckConstraint(
                condition=Q(confidence__gte=0) & Q(confidence__lte=1),
                name="advice_confidence_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(taken__isnull=True) | Q(settled_at__isnull=False),
                name="advice_taken_once_settled",
            ),
            models.CheckConstraint(
                condition=Q(abstained=False) | Q(taken__isnull=True), name="abstained_is_not_taken"
            ),
        ]
        indexes = [
            models.Index(fields=["district_id", "what", "made_at"], name="advice_by_moment"),
            # Medians are read off it: in order of minutes, whatever else is asked stands there too.
            models.Index(
                fields=["district_id", "month", "minutes", "taken", "street_id", "what"],
                condition=Q(what="class", minutes__isnull=False),
                name="advice_by_minutes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.case_id}"

    @property
    def is_given(self) -> bool:
        """Whether it was given to a person, or counts as abstained."""
        return is_given(self.confidence, self.abstained)


class AdviceWords(models.Model):
    """The words of the report that spoke for the advice; emptied with them."""

    advice = models.OneToOneField(
        Advice, on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    words = models.JSONField(default=list)

    class Meta:
        verbose_name = "建议的理由"
