"""Beginning again: an empty database where a demo stood, and only there."""

from django.core.management import call_command
from django.db import connection

from gezhi.ground.audit.models import Entry
from gezhi.records.places.models import District

BUILDER_NAME = "demo"


def stands() -> str:
    """What the database holds: "nothing", a "demo", or somebody's "own" setting up."""
    if not District.objects.exists():
        return "nothing"
    built = Entry.objects.filter(verb="places.register_district")
    return "demo" if not built.exclude(system_name=BUILDER_NAME).exists() else "own"


def empty_database() -> None:
    """Drop every table and migrate anew: rows that may never be deleted go with their tables."""
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        cascade = " CASCADE" if connection.vendor == "postgresql" else ""
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)}{cascade}")
    call_command("migrate", verbosity=0, interactive=False)
