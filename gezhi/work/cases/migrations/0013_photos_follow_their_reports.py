"""Photos of reports that were merged away are seen where the report is heard now."""

from typing import Any

from django.db import migrations
from django.db.models import F

from gezhi.ground.audit.rules import fits, head_content, keyed
from gezhi.ground.audit.seals import added, content, seal_of, summand


def follow(apps: Any, schema_editor: Any) -> None:
    """Move each with its seal from head to head; what was changed by hand is not made good."""
    heads = apps.get_model("audit", "Head").objects.filter(subject_kind="case")
    photos = apps.get_model("cases", "Attachment").objects.select_related("report")
    left = photos.filter(report__isnull=False).exclude(case_id=F("report__case_id"))
    for photo in left.order_by("id"):
        giving = heads.filter(subject_id=photo.case_id).first()
        taking = heads.filter(subject_id=photo.report.case_id).first()
        if not (_is_whole(giving) and _is_whole(taking)):
            continue
        if photo.seal and not fits(content(photo), photo.seal):
            continue
        _count(giving, -summand(photo.seal))
        photo.case_id = photo.report.case_id
        # A head without a seal is covered by `gezhi prepare`, with all its rows.
        photo.seal = seal_of(photo) if taking.seal else ""
        _count(taking, summand(photo.seal))
        photo.save(update_fields=["case", "seal"])


def _is_whole(head: Any) -> bool:
    return head is not None and (not head.seal or fits(head_content(head), head.seal))


def _count(head: Any, moved: int) -> None:
    if head.seal:
        head.rows = added(head.rows, moved)
        head.seal = keyed(head_content(head))
        head.save(update_fields=["rows", "seal"])


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_a_head_has_a_seal"),
        ("cases", "0012_an_opening_has_a_seal"),
    ]

    operations = [migrations.RunPython(follow, migrations.RunPython.noop)]
