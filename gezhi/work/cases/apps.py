"""事."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class CasesConfig(AppConfig):
    name = "gezhi.work.cases"
    label = "cases"
    verbose_name = "事"

    def ready(self) -> None:
        from gezhi.ground.audit import covering as audit_covering
        from gezhi.ground.audit import triggers as audit_triggers
        from gezhi.ground.audit import verification as audit_verification
        from gezhi.ground.audit import wording as audit_wording
        from gezhi.ground.files import doors
        from gezhi.ground.notices import recipients
        from gezhi.records.units import holdings
        from gezhi.work.cases import receivers, triggers
        from gezhi.work.cases.announcing import reporter_of
        from gezhi.work.cases.covering import cover
        from gezhi.work.cases.group_notes import TO_DOS, URGENT, to_dos_of, urgent_of
        from gezhi.work.cases.holding import CASES, PRECEDENTS
        from gezhi.work.cases.queries.visible import may_look
        from gezhi.work.cases.trail_words import wording as words_of_cases
        from gezhi.work.cases.verification import verify_cases

        audit_triggers.register(sqlite=triggers.SQLITE, postgresql=triggers.POSTGRESQL)
        audit_triggers.register_append_only("cases_step")
        audit_verification.register("case", verify_cases)
        audit_covering.register("case", cover)
        doors.register("case", may_look)
        recipients.register("report", reporter_of)
        recipients.register(TO_DOS, to_dos_of)
        recipients.register(URGENT, urgent_of)
        holdings.register(CASES)
        holdings.register(PRECEDENTS)
        receivers.connect()
        # Every deed is declared by its own file, and these are imported for their verbs.
        import_module("gezhi.work.cases.actions")
        audit_wording.register("cases", words_of_cases())
        post_migrate.connect(make_sequence, sender=self)
        post_migrate.connect(empty_index, sender=self)


def make_sequence(using: str, **_: Any) -> None:
    """PostgreSQL's source of serials; SQLite counts in a row (`numbers.next_serial`)."""
    from gezhi.work.cases.numbers import SEQUENCE

    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute(f"CREATE SEQUENCE IF NOT EXISTS {SEQUENCE}")


def empty_index(using: str, **_: Any) -> None:
    """On SQLite the index of words stands beside its table: whoever empties that (a test) leaves
    its rows in the index, with the triggers lifted."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    if "cases_casesearch" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM cases_casesearch LIMIT 1")
        if cursor.fetchone() is None:
            cursor.execute("INSERT INTO cases_searchindex(cases_searchindex) VALUES ('delete-all')")
