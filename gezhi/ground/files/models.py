"""Photos as re-encoded files; what is stored is never what was sent."""

from django.db import models

from gezhi.kernel.ids import new_id


class File(models.Model):
    """One stored picture: bytes on disk under MEDIA_ROOT, named by id, checked by digest."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    district_id = models.PositiveSmallIntegerField(null=True)
    stored_at = models.DateTimeField()
    media_type = models.CharField(max_length=30)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(help_text="bytes")
    digest = models.CharField(max_length=64, help_text="SM3 of the stored bytes")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "附件"

    def __str__(self) -> str:
        return f"{self.media_type} {self.pk}"
