"""Whatever is changed, added, taken or put in another's place, the first bad row is named."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from gezhi.ground.audit import actions, verification
from gezhi.ground.audit.models import Block, Entry, Head
from gezhi.ground.audit.rules import entry_digest, head_content, keyed
from gezhi.ground.audit.tests import trail
from gezhi.ground.audit.verification import Broken, Verified, verify
from gezhi.kernel import clock, ids, secrets
from gezhi.kernel.ids import new_id
from gezhi.kernel.viewer import Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(monkeypatch):
    return trail.three_blocks(monkeypatch)


def test_a_whole_trail_is_whole(written):
    verdict = verify()
    assert verdict.broken is None
    assert (verdict.entries, verdict.blocks, verdict.unsealed) == (14, 3, 2)
    assert verdict.newest_digest == written[0][2].digest


def test_an_empty_trail_is_whole():
    assert verify().broken is None


CHANGES = {
    "district_id": 2,
    "user_id": 99,
    "system_name": "beat",
    "post_id": 5,
    "unit_id": 5,
    "verb": "cases.close",
    "subject_kind": "unit",
    "subject_id": 4711,
    "outcome": "refused",
    "purpose": "callback",
    "detail": {"unit": 3},
    "subject_digest": "cd" * 32,
    "digest": "ef" * 32,
}


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_every_changed_field_of_an_entry_is_found(written, name):
    entry = written[1][5]
    with trail.by_force():
        Entry.objects.filter(pk=entry.pk).update(**{name: CHANGES[name]})
    assert verify().broken == Broken("entry", str(entry.pk), "有一栏被改过")


def test_a_changed_moment_is_found_to_the_microsecond(written):
    entry = written[1][0]
    with trail.by_force():
        Entry.objects.filter(pk=entry.pk).update(
            recorded_at=entry.recorded_at + timedelta(microseconds=1)
        )
    assert verify().broken == Broken("entry", str(entry.pk), "有一栏被改过")


def test_an_entry_of_the_unsealed_end_is_checked_too(written):
    entry = written[1][13]
    with trail.by_force():
        Entry.objects.filter(pk=entry.pk).update(user_id=9)
    assert verify().broken == Broken("entry", str(entry.pk), "有一栏被改过")


def test_the_first_of_several_is_named(written):
    with trail.by_force():
        for place in (9, 6, 12):
            Entry.objects.filter(pk=written[1][place].pk).update(user_id=9)
    broken = verify().broken
    assert broken is not None
    assert broken.row == str(written[1][6].pk)


@pytest.mark.parametrize("place", [0, 5, 11])
def test_a_removed_entry_breaks_its_block(written, place):
    blocks, entries = written
    with trail.by_force():
        Entry.objects.filter(pk=entries[place].pk).delete()
    broken = verify().broken
    assert broken is not None
    assert broken.row.startswith(str(blocks[place // 4].pk))
    assert broken.fault == "封存了 4 条，现在有 3 条"


def test_an_entry_slipped_in_afterwards_breaks_its_block(written):
    # Even one with a good digest of its own: whoever has the key but not the chain.
    late = trail.write(1)[0]
    copy = Entry(**{**Entry.objects.filter(pk=late.pk).values()[0], "id": written[1][4].id - 1})
    copy.digest = entry_digest(copy)
    copy.save(force_insert=True)
    broken = verify().broken
    assert broken is not None
    assert broken.fault == "封存了 4 条，现在有 5 条"


def test_an_entry_replaced_by_a_good_one_breaks_its_block(written):
    entry = written[1][5]
    entry.user_id = 9
    entry.digest = entry_digest(entry)
    with trail.by_force():
        entry.save(force_update=True)
    broken = verify().broken
    assert broken is not None
    assert broken.row.startswith(str(written[0][1].pk))
    assert broken.fault == "这一块或其中一条被换过"


def test_a_removed_block_with_all_its_entries_is_missed(written):
    blocks, entries = written
    with trail.by_force():
        Entry.objects.filter(pk__in=[e.pk for e in entries[4:8]]).delete()
        blocks[1].delete()
    broken = verify().broken
    assert broken is not None
    assert broken.row.startswith(str(blocks[2].pk))
    assert broken.fault == "前一块不在了"


def test_the_newest_block_removed_with_its_entries_is_missed_by_the_head(written):
    blocks, entries = written
    with trail.by_force():
        Entry.objects.filter(pk__gte=entries[8].pk).delete()
        blocks[2].delete()
    assert verify().broken == Broken("block", "3", "最新一块不在了")


def test_the_head_turned_back_too_is_missed_by_a_noted_digest(written):
    blocks, entries = written
    noted = verify().newest_digest
    with trail.by_force():
        Entry.objects.filter(pk__gte=entries[8].pk).delete()
        blocks[2].delete()
    head = Head.objects.get(subject_kind="audit")
    head.digest, head.length = blocks[1].digest, 2
    head.save()
    assert verify().broken == Broken("head", "audit", "封存块的链头被改过")
    # The whole installation put back as it was then has the seal it had then.
    head.seal = keyed(head_content(head))
    head.save()
    assert verify().broken is None
    broken = verify(noted=noted).broken
    assert broken is not None
    assert broken.fault == "以前记下的摘要不在任何一块里"


@pytest.mark.parametrize("name", ["entries", "digest", "sealed_at"])
def test_every_changed_field_of_a_block_is_found(written, name):
    block = written[0][1]
    value = {"entries": 5, "digest": "ab" * 32, "sealed_at": clock.now() - timedelta(days=1)}[name]
    with trail.by_force():
        Block.objects.filter(pk=block.pk).update(**{name: value})
    broken = verify().broken
    assert broken is not None
    assert broken.row.startswith(str(block.pk))


def test_a_head_that_forgot_a_block_is_found(written):
    head = Head.objects.get(subject_kind="audit")
    head.length = 2
    head.save()
    assert verify().broken == Broken("head", "audit", "封存块的链头被改过")
    head.seal = keyed(head_content(head))
    head.save()
    assert verify().broken == Broken("head", "audit", "封过 2 块，现在有 3 块")
    Head.objects.all().delete()
    assert verify().broken == Broken("head", "audit", "有封存块，没有链头")


def test_two_hundred_changed_signs_are_two_hundred_found(written):
    """Random places of random rows, one at a time, by raw SQL as an intruder would."""
    dice = random.Random(20261123)
    columns = ["verb", "subject_kind", "outcome", "digest", "subject_digest"]
    found = 0
    with trail.by_force(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute("ALTER TABLE audit_entry DROP CONSTRAINT entry_outcome_known")
        for _ in range(200):
            entry = dice.choice(written[1])
            column = dice.choice(columns)
            old = getattr(entry, column)
            place = dice.randrange(len(old))
            new = old[:place] + chr(ord(old[place]) ^ 1) + old[place + 1 :]
            change = f"UPDATE audit_entry SET {column} = %s WHERE id = %s"
            cursor.execute(change, [new, entry.pk])
            found += verify().broken == Broken("entry", str(entry.pk), "有一栏被改过")
            cursor.execute(change, [old, entry.pk])
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
    assert found == 200
    assert verify().broken is None


def test_a_check_may_begin_at_a_date(written, monkeypatch):
    with trail.by_force():
        Entry.objects.filter(pk=written[1][1].pk).update(user_id=9)
    clock.advance(timedelta(days=1))
    since = clock.now()
    trail.write(2)
    trail.seal(monkeypatch)
    assert verify().broken is not None
    verdict = verify(since=since)
    assert verdict.broken is None
    assert (verdict.entries, verdict.blocks) == (4, 1)
    with trail.by_force():
        Entry.objects.filter(pk=Entry.objects.latest("id").pk).update(user_id=9)
    assert verify(since=since).broken is not None


def test_a_rotated_key_leaves_the_old_trail_whole(tmp_path, monkeypatch):
    folder = tmp_path / "keys"
    secrets.create_keys(folder)
    secrets.configure(secrets.FileProvider(folder))
    try:
        trail.write(2)
        trail.seal(monkeypatch)
        secrets.rotate(folder, "audit")
        trail.write(2)
        trail.seal(monkeypatch)
        assert verify().broken is None
        # Without the old key nobody can say that the old rows are whole.
        (oldest,) = folder.glob("audit.0001.*")
        oldest.unlink()
        assert verify().broken is not None
    finally:
        secrets.configure(None)


def test_blocks_that_stopped_are_told_and_are_no_break(written, monkeypatch):
    assert not verify().unsealed_late
    monkeypatch.setattr(verification, "oldest_unsealed", lambda: ids.LARGEST)
    assert verify().unsealed_late
    assert verify().broken is None


def test_progress_is_told_by_count(written):
    told: list[int] = []
    verify(progress=told.append)
    assert told == list(range(1, 15))


def test_entries_beyond_one_statement_are_all_read(monkeypatch):
    rows = []
    for number in range(2100):
        entry = Entry(
            id=new_id(), recorded_at=clock.now(), verb="a.b", subject_kind="x", subject_id=number
        )
        entry.digest = "x"
        rows.append(entry)
    Entry.objects.bulk_create(rows)
    monkeypatch.setattr(verification, "fits", lambda content, digest: True)
    trail.seal(monkeypatch)
    assert verify().entries == 2100


def test_modules_add_their_own_checks(monkeypatch):
    monkeypatch.setattr(verification, "_checks", {})
    found = Verified(Broken("step", "1", "gone"), 1)
    verification.register("case", lambda since, progress: found)
    assert verification.checks()["case"](None, lambda count: None) == found


def test_detail_is_digested_as_the_database_gives_it_back():
    detail: dict[Any, Any] = {10: (1, 2), 9: {"b": 1, "a": 2}}
    entry = actions.record(by=Viewer(user_id=1), verb="a.b", subject_kind="x", detail=detail)
    assert entry.detail == {"10": [1, 2], "9": {"b": 1, "a": 2}}
    assert verify().broken is None
