"""What a grid said of trouble is read from the report of its case: the copies beside it are emptied."""

import re

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# What the log adds to an answer that came later than it was said; that is nobody's words.
LATE = re.compile(r"（\d\d:\d\d 答的，没有网，现在才到）$")


def empty_copies(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Of answers all, of the log's lines all but when it was said."""
    alias = editor.connection.alias
    answers = apps.get_model("emergency", "Answer").objects.using(alias)
    answers.filter(said="trouble").exclude(words="").update(words="")
    lines = apps.get_model("emergency", "LogLine").objects.using(alias)
    for line in lines.filter(code="trouble").exclude(words="").iterator():
        late = LATE.search(line.words)
        lines.filter(pk=line.pk).update(words=late.group() if late else "")


class Migration(migrations.Migration):
    dependencies = [("emergency", "0001_initial")]

    operations = [migrations.RunPython(empty_copies, migrations.RunPython.noop)]
