"""What the application's role may do on PostgreSQL; written for the owner to run with psql.

The owner migrates; the application's role reads and writes rows, appends to the trail and the
steps, and makes no tables.
"""

from django.db import connection

from gezhi.ground.audit.triggers import append_only_tables

_CHANGES = ("UPDATE", "DELETE", "TRUNCATE")


def script(role: str) -> str:
    """SQL that gives the role what it needs and no more; run by the owner after each migration.

    Raises ValueError on another database than PostgreSQL: there are no roles.
    """
    if connection.vendor != "postgresql":
        raise ValueError("only PostgreSQL has roles")
    name = connection.ops.quote_name(role)
    present = set(connection.introspection.table_names())
    kept = [connection.ops.quote_name(t) for t in append_only_tables() if t in present]
    lines = [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name};",
        f"GRANT USAGE ON SCHEMA public TO {name};",
        f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {name};",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name};",
        f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {name};",
        f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {name};",
        *[f"REVOKE UPDATE, DELETE ON {table} FROM {name};" for table in kept],
    ]
    return "BEGIN;\n" + "\n".join(lines) + "\nCOMMIT;\n"


def excess() -> tuple[str, ...]:
    """Rights to change the append-only tables that the role in use has: `UPDATE audit_entry` …"""
    if connection.vendor != "postgresql":
        return ()
    present = set(connection.introspection.table_names())
    found = []
    with connection.cursor() as cursor:
        for table in append_only_tables():
            for right in _CHANGES if table in present else ():
                cursor.execute("SELECT has_table_privilege(%s, %s)", [table, right])
                if cursor.fetchone()[0]:
                    found.append(f"{right} {table}")
    return tuple(found)
