"""The application's role on PostgreSQL appends to the trail and cannot change it."""

import pytest
from django.db import ProgrammingError, connection, transaction

from gezhi.ground.audit import actions, grants
from gezhi.ground.audit.models import Entry, Head
from gezhi.ground.audit.seals import Seals
from gezhi.kernel.viewer import Viewer

ROLE = "gezhi_test_application"


def test_a_database_without_roles_says_so():
    if connection.vendor != "postgresql":
        with pytest.raises(ValueError, match="PostgreSQL"):
            grants.script(ROLE)
        assert grants.excess() == ()


@pytest.fixture
def as_application(db):
    """Inside, the session is the application's role, made and granted in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        cursor.execute(grants.script(ROLE).replace("BEGIN;", "").replace("COMMIT;", ""))
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        yield
        cursor.execute("RESET ROLE")
        cursor.execute(f"DROP OWNED BY {ROLE}; DROP ROLE {ROLE}")


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET user_id = 2",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "UPDATE audit_block SET entries = 2",
        "DELETE FROM audit_block",
        "TRUNCATE audit_block",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_entry_append_only ON audit_entry",
        "DROP TABLE audit_entry",
        "DELETE FROM django_migrations",
        "CREATE TABLE own (id int)",
    ],
)
def test_it_is_refused_by_the_database(as_application, statement):
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.postgres
def test_it_writes_entries_and_moves_heads(as_application):
    actions.record(by=Viewer(user_id=1), verb="a.b", subject_kind="case", subject_id=1)
    actions.settle_head(actions.extend_chain("case", 1, "x", first=True), Seals())
    actions.settle_head(actions.extend_chain("case", 1, "y"), Seals())
    assert Entry.objects.count() == 1
    assert Head.objects.get().length == 2
    assert grants.excess() == ()


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_owner_is_told_to_have_more_than_it_should():
    assert "UPDATE audit_entry" in grants.excess()
    assert "TRUNCATE audit_block" in grants.excess()
