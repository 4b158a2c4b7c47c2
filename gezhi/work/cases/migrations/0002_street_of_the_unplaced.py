"""A case of no known place belongs to the street whose centre took it in."""

from typing import Any

from django.db import migrations


def give_a_street(apps: Any, schema_editor: Any) -> None:
    """The street of the holding centre, else that of the oldest centre of the district."""
    cases = apps.get_model("cases", "Case").objects
    centres = apps.get_model("units", "Unit").objects.filter(kind="street_centre")
    for case in cases.filter(street_id=None).iterator():
        holding = centres.filter(pk=case.holder_id).first()
        oldest = centres.filter(district_id=case.district_id).order_by("opened_at", "id").first()
        centre = holding or oldest
        if centre is not None:
            cases.filter(pk=case.pk).update(street_id=centre.area_id)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("units", "0001_initial")]

    operations = [migrations.RunPython(give_a_street, migrations.RunPython.noop)]
