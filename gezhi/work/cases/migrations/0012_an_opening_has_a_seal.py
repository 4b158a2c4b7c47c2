"""An opening of a restricted case is sealed like every other row of its case, the old ones too."""

from typing import Any

from django.db import migrations, models

from gezhi.ground.audit.rules import fits, head_content, keyed
from gezhi.ground.audit.seals import added, seal_of, summand


def seal(apps: Any, schema_editor: Any) -> None:
    """Count the openings there are to heads with a seal; `gezhi prepare` covers the other heads."""
    heads = apps.get_model("audit", "Head").objects
    for opening in apps.get_model("cases", "Opening").objects.filter(seal="").order_by("id"):
        head = heads.filter(subject_kind="case", subject_id=opening.case_id).first()
        # A head that was changed by hand is not made good by this.
        if head is None or not head.seal or not fits(head_content(head), head.seal):
            continue
        opening.seal = seal_of(opening)
        opening.save(update_fields=["seal"])
        head.rows = added(head.rows, summand(opening.seal))
        head.seal = keyed(head_content(head))
        head.save(update_fields=["rows", "seal"])


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_a_head_has_a_seal"),
        ("cases", "0011_confidential_is_kept"),
    ]

    operations = [
        migrations.AddField(
            model_name="opening",
            name="seal",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
    ]
