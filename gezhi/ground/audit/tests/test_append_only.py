"""The database refuses to change what was written, whoever asks."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models.signals import post_migrate

from gezhi.ground.audit import actions, triggers
from gezhi.ground.audit.models import Block, Entry
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return actions.record(by=Viewer(user_id=1), verb="a.b", subject_kind="thing")


@pytest.fixture
def block():
    return Block.objects.create(
        sealed_at=clock.now(), after_entry_id=0, up_to_entry_id=1, entries=1, digest="x"
    )


def refused(deed):
    with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
        deed()


def raw(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_entry_is_not_changed_by_the_orm(entry):
    refused(lambda: Entry.objects.update(verb="c.d"))
    refused(entry.save)
    refused(lambda: Entry.objects.all().delete())


def test_an_entry_is_not_changed_by_raw_statements(entry):
    refused(lambda: raw("UPDATE audit_entry SET user_id = 2 WHERE id = %s", entry.id))
    refused(lambda: raw("DELETE FROM audit_entry WHERE id = %s", entry.id))


def test_a_block_is_neither_changed_nor_deleted(block):
    refused(lambda: Block.objects.update(entries=2))
    refused(lambda: Block.objects.all().delete())


def test_nothing_is_put_in_the_place_of_an_entry(entry):
    listed = ", ".join(str(field.column) for field in Entry._meta.local_concrete_fields)
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    with pytest.raises(IntegrityError), transaction.atomic():
        raw(f"{verb} INTO audit_entry ({listed}) SELECT {listed} FROM audit_entry")


def test_every_registered_trigger_is_there():
    assert triggers.missing() == ()
    assert {"audit_entry", "audit_block"} <= set(triggers.append_only_tables())


def test_a_trigger_that_went_is_named_and_comes_back(entry):
    triggers.remove()
    missing = triggers.missing()
    assert [n for n in missing if n.startswith("audit_entry")]
    Entry.objects.update(verb="c.d")
    triggers.install()
    assert triggers.missing() == ()
    refused(lambda: Entry.objects.update(verb="e.f"))


def test_a_trigger_is_lost_with_a_rebuilt_table_and_migrating_brings_it_back(entry):
    config = apps.get_app_config("audit")
    triggers.remove()
    post_migrate.send(
        sender=config, app_config=config, using="default", verbosity=0, interactive=False
    )
    assert triggers.missing() == ()


def test_a_trigger_of_a_table_that_is_not_there_yet_is_not_missed(monkeypatch):
    monkeypatch.setattr(triggers, "_registered", {"sqlite": {}, "postgresql": {}})
    monkeypatch.setattr(triggers, "_append_only", [])
    triggers.register_append_only("nowhere")
    triggers.install()
    assert triggers.missing() == ()


@pytest.mark.postgres
def test_a_trigger_that_was_switched_off_is_missed(entry):
    raw("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only")
    assert triggers.missing() == ("audit_entry_append_only",)


def test_text_without_a_table_is_refused(monkeypatch):
    monkeypatch.setattr(triggers, "_registered", {"sqlite": {}, "postgresql": {}})
    triggers.register(sqlite={"x": "create trigger"}, postgresql={"x": "create trigger"})
    with pytest.raises(ValueError, match="in capitals"):
        triggers.install()


@pytest.mark.django_db(transaction=True)
def test_a_test_may_empty_the_database_and_the_next_finds_its_triggers(entry):
    call_command("flush", verbosity=0, interactive=False)
    assert not Entry.objects.exists()
    assert triggers.missing() == ()
