"""What was learnt from the office's own history, and how much error it will bear."""

from django.db import models
from django.db.models import Q

from gezhi.kernel.ids import new_id
from gezhi.work.triage.rules import LEARNT, TOLERATED


class TrainedModel(models.Model):
    """One trained version of what predicts class, kind or unit; its file lies on disk."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    what = models.CharField(max_length=10)
    trained_at = models.DateTimeField()
    trained_by = models.BigIntegerField(null=True)
    examples = models.PositiveIntegerField()
    labels = models.PositiveIntegerField()
    measures = models.JSONField(default=dict, help_text="of the newest fifth, held out")
    digest = models.CharField(max_length=64, help_text="SM3 of the file")
    in_force = models.BooleanField(default=False)

    class Meta:
        verbose_name = "训练好的模型"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(what__in=LEARNT), name="trained_what_known"),
            models.UniqueConstraint(
                fields=["district_id", "what"],
                condition=Q(in_force=True),
                name="one_model_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.pk}"


class Tolerance(models.Model):
    """The error the office will bear for one question; versions are kept, the newest counts."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    what = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    error = models.FloatField("容错率")
    set_at = models.DateTimeField()
    set_by = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "容错率"
        constraints = [
            models.CheckConstraint(condition=Q(what__in=TOLERATED), name="tolerance_what_known"),
            models.CheckConstraint(
                condition=Q(error__gte=0.001) & Q(error__lte=0.5), name="tolerance_in_bounds"
            ),
            models.UniqueConstraint(
                fields=["district_id", "what", "version"], name="one_tolerance_per_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.error:.3f}"


class Alias(models.Model):
    """Another name of a place, learnt where staff chose the place of words nothing else matched."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    place = models.ForeignKey("places.Place", on_delete=models.CASCADE, related_name="+")
    words = models.CharField("别名", max_length=40)
    count = models.PositiveIntegerField(default=1, help_text="cases that taught it, and teachings")
    confirmed_by = models.BigIntegerField(null=True, help_text="who said it in so many words")
    learnt_at = models.DateTimeField()

    class Meta:
        verbose_name = "别名"
        constraints = [
            models.UniqueConstraint(fields=["place", "words"], name="one_alias_per_place"),
            models.CheckConstraint(condition=~Q(words=""), name="alias_says_something"),
        ]
        indexes = [models.Index(fields=["district_id", "words"], name="alias_by_words")]

    def __str__(self) -> str:
        return self.words


class AliasUse(models.Model):
    """A case that taught an alias: a case counts once, however often its place was settled."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    alias = models.ForeignKey(Alias, on_delete=models.CASCADE, related_name="uses")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "别名出处"
        constraints = [models.UniqueConstraint(fields=["alias", "case"], name="one_use_per_case")]

    def __str__(self) -> str:
        return f"{self.alias_id} {self.case_id}"
