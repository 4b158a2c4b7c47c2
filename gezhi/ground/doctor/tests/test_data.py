"""Keys, triggers, migrations, chain, clock, queue: each planted fault is found by its own name."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from gezhi.ground.audit import actions as audit
from gezhi.ground.audit import blocks, keymarks, triggers
from gezhi.ground.audit.models import Entry, Head, KeyMark
from gezhi.ground.audit.rules import head_content, keyed
from gezhi.ground.backups import restoring
from gezhi.ground.doctor.checks import calendar, chain, database, keys, moments, queue
from gezhi.ground.doctor.rules import Level
from gezhi.ground.jobs.models import Pulse, Task
from gezhi.kernel import clock, secrets
from gezhi.kernel.viewer import Viewer

MACHINE = Viewer.system("doctor")


def codes(look):
    return {one.code: one for one in look()}


@pytest.fixture
def own_keys(settings, tmp_path):
    settings.GEZHI_KEYS = tmp_path / "keys"
    secrets.create_keys(settings.GEZHI_KEYS)
    return settings.GEZHI_KEYS


def test_keys_that_are_all_there_are_well(own_keys):
    assert set(codes(keys.look)) == {"keys.right"}


def test_a_lost_key_is_named_by_what_it_is_for(own_keys):
    next(own_keys.glob("audit.*")).unlink()
    one = codes(keys.look)["keys.missing"]
    assert one.level is Level.BAD and "audit" in one.what


def test_an_empty_folder_of_keys_and_none_at_all_are_told(own_keys):
    for path in own_keys.iterdir():
        path.unlink()
    assert "keys.missing" in codes(keys.look)
    own_keys.rmdir()
    assert "keys.missing" in codes(keys.look)


def test_a_damaged_key_is_told_without_its_content(own_keys):
    file = next(own_keys.glob("field.*"))
    file.chmod(0o600)
    file.write_text("not a key at all")
    one = codes(keys.look)["keys.damaged"]
    assert "not a key" not in one.what + one.why + one.remedy


def test_keys_that_others_may_read_are_told_with_chmod(own_keys):
    next(own_keys.glob("audit.*")).chmod(0o644)
    assert "chmod 700" in codes(keys.look)["keys.exposed"].command


def test_keys_of_another_installation_do_not_fit_the_marks(cast, own_keys):
    KeyMark.objects.all().delete()
    keymarks.remember()
    assert set(codes(keys.look_at_marks)) == {"marks.missing"}


def test_a_trigger_that_is_gone_is_named(cast):
    assert set(codes(database.look_at_tables)) == {"tables.right"}
    with connection.cursor() as cursor:
        gone = (
            "audit_entry_no_delete" if connection.vendor == "sqlite" else "audit_entry_append_only"
        )
        on = "" if connection.vendor == "sqlite" else " ON audit_entry"
        cursor.execute(f"DROP TRIGGER {gone}{on}")
    one = codes(database.look_at_tables)["tables.triggers"]
    assert gone in one.what and "gezhi migrate" in one.command
    triggers.install()


def test_migrations_to_come_and_those_of_a_newer_program_are_told_apart(cast):
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("jobs", "0001_initial")
    assert set(codes(database.look_at_tables)) == {"tables.behind"}
    recorder.record_applied("jobs", "0001_initial")
    # One of those that another stands for on a new database.
    recorder.record_unapplied("cases", "0030_guests_have_invitations")
    assert set(codes(database.look_at_tables)) == {"tables.behind"}
    recorder.record_applied("cases", "0030_guests_have_invitations")
    assert "tables.behind" not in codes(database.look_at_tables)
    recorder.record_applied("jobs", "9999_of_tomorrow")
    one = codes(database.look_at_tables)["tables.newer"]
    assert one.command == "gezhi upgrade --rollback"


def _sealed() -> None:
    blocks.begin()
    for number in range(3):
        audit.record(verb="test.doctor", by=MACHINE, subject_kind="test", subject_id=number)
    blocks.seal_next(Entry.objects.latest("id").id)


def test_a_trail_that_fits_is_well_and_a_changed_entry_is_named(cast):
    _sealed()
    assert set(codes(chain.look)) == {"chain.fits"}
    triggers.remove()
    Entry.objects.filter(verb="test.doctor", subject_id=1).update(outcome="refused")
    triggers.install()
    one = codes(chain.look)["chain.broken"]
    assert one.command == "gezhi audit verify"


def test_a_head_that_was_changed_by_hand_is_named(cast):
    _sealed()
    head = Head(subject_kind="test", subject_id=77, digest="a" * 64, length=3)
    head.seal = keyed(head_content(head))
    head.save()
    assert set(codes(chain.look)) == {"chain.fits"}
    Head.objects.filter(pk=head.pk).update(length=2)
    assert "test 77" in codes(chain.look)["chain.broken"].what


def test_a_clock_behind_the_last_record_is_bad_and_one_far_ahead_is_watched(cast):
    audit.record(verb="test.doctor", by=MACHINE, subject_kind="test")
    assert set(codes(moments.look_at_the_past)) == {"past.right"}
    with clock.moved_to(clock.now() - timedelta(hours=1)):
        assert codes(moments.look_at_the_past)["past.ahead"].level is Level.BAD
    with clock.moved_to(clock.now() + timedelta(days=200)):
        assert "200 天" in codes(moments.look_at_the_past)["past.long_ago"].what


def test_a_clock_before_the_program_and_a_zone_elsewhere_are_told(monkeypatch, tmp_path):
    monkeypatch.setattr(moments, "_LOCAL_TIME", tmp_path / "none")
    with clock.moved_to(clock.now() + timedelta(days=3650)):
        assert set(codes(moments.look)) == {"clock.zone"}
    with clock.moved_to(clock.now() - timedelta(days=3650)):
        assert set(codes(moments.look)) == {"clock.before_program"}


def test_programs_that_fell_silent_and_tasks_that_wait_are_told(cast):
    Pulse.objects.all().delete()
    Task.objects.all().delete()
    assert {"queue.worker", "queue.beat"} <= set(codes(queue.look))
    for kind in ("worker", "beat"):
        Pulse.objects.create(name=f"{kind}:1", kind=kind, seen_at=clock.now())
    assert set(codes(queue.look)) == {"queue.moves"}
    moment = clock.now() - timedelta(minutes=5)
    Task.objects.create(path="gezhi.config.tasks.tidy", run_after=moment, enqueued_at=moment)
    assert codes(queue.look)["queue.late"].level is Level.WATCH
    clock.advance(timedelta(minutes=20))
    assert codes(queue.look)["queue.late"].level is Level.BAD


def test_a_year_without_its_notice_is_told_when_it_is_due(cast):
    with clock.moved_to(clock.now() + timedelta(days=3 * 366)):
        found = codes(calendar.look)
    assert "calendar.unannounced" in found
    assert found["calendar.unannounced"].level is Level.WATCH


def test_a_restore_that_broke_off_is_told_before_anything_is_asked_of_its_tables(
    db, settings, tmp_path
):
    settings.GEZHI_HOME = tmp_path
    assert database.answers()
    (tmp_path / restoring.MARK).write_text("{}")
    found = codes(database.look)
    assert set(found) == {"database.restoring"} and not database.answers()
    one = found["database.restoring"]
    assert one.level is Level.BAD and one.command == "gezhi restore"
