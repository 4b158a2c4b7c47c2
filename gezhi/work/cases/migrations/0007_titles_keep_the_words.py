"""Titles cut at forty signs get the rest of the reporter's words back, up to eighty."""

from django.db import migrations
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Left, Length
from django.db.migrations.state import StateApps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CUT, KEPT = 40, 80


def lengthen(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """One statement: titles that may have been cut, from the report that opened the case.

    Words erased since left an empty title behind, which is not as long as a cut one.
    """
    words = apps.get_model("cases", "ReportWords").objects.using(editor.connection.alias)
    titles = apps.get_model("cases", "CaseWords").objects.using(editor.connection.alias)
    opening = (
        words.filter(report__first_case_id=OuterRef("pk"), report__joined=False)
        .exclude(text="")
        .order_by("report_id")
        .annotate(beginning=Left("text", KEPT, output_field=CharField()))
        .values("beginning")[:1]
    )
    cut = titles.annotate(signs=Length("title"), whole=Subquery(opening))
    # A row that is sealed already is left alone: what its seal covers is no longer anybody's to mend.
    cut.filter(signs=CUT, whole__isnull=False, seal="").update(title=Subquery(opening))


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_every_row_has_a_seal")]

    operations = [migrations.RunPython(lengthen, migrations.RunPython.noop)]
