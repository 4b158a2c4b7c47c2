"""What likeness compares, kept so that no text has to be read again."""

from django.db import models

from gezhi.kernel.ids import new_id


class Fingerprint(models.Model):
    """The compressed features of a case's words with its time and place.

    A change writes a new row with a new id, so that processes which remember the last id they saw
    take it up (`likeness`).
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(editable=False)
    case = models.OneToOneField(
        "cases.Case", on_delete=models.CASCADE, related_name="fingerprint", editable=False
    )
    content = models.BinaryField(default=bytes, help_text="emptied when the words are erased")
    moment = models.FloatField(help_text="days since 1970")
    longitude = models.FloatField(null=True, help_text="CGCS2000 degrees")
    latitude = models.FloatField(null=True, help_text="CGCS2000 degrees")
    compound_id = models.BigIntegerField(null=True)
    class_code = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = "指纹"
        indexes = [models.Index(fields=["district_id", "id"], name="fingerprint_newest")]

    def __str__(self) -> str:
        return str(self.case_id)
