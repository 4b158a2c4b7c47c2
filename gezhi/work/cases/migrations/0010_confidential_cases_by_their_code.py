"""Confidential cases are written with the code of the dictionary, 保密 being `restricted`.

Before `prepare` seals the rows of an older office for the first time: nothing is changed by hand.
"""

from typing import Any

from django.db import migrations


def by_their_code(apps: Any, schema_editor: Any) -> None:
    """Restricted: what was stored under another word, and what one of its reports asks for."""
    cases = apps.get_model("cases", "Case").objects
    asked = apps.get_model("cases", "Report").objects.filter(confidential=True)
    cases.filter(pk__in=asked.values("case_id")).update(confidentiality="restricted")
    cases.filter(pk__in=asked.values("first_case_id")).update(confidentiality="restricted")
    cases.filter(confidentiality="confidential").update(confidentiality="restricted")


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_the_community_is_asked_where_no_grid_is_known")]

    operations = [migrations.RunPython(by_their_code, migrations.RunPython.noop)]
