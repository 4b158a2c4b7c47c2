"""The table of the former cache goes: it held numbers of receipts, and nothing uses it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("counters", "0001_counters")]

    operations = [
        migrations.RunSQL("DROP TABLE IF EXISTS cache_entries", migrations.RunSQL.noop),
    ]
