"""Blocks follow each other without gap and leave no entry out."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from gezhi.ground.audit import actions, blocks, covering, verification
from gezhi.ground.audit.models import Block, Entry, Head
from gezhi.ground.audit.tests import trail
from gezhi.ground.audit.verification import Broken, verify
from gezhi.kernel.viewer import Viewer

pytestmark = pytest.mark.django_db


def test_a_fresh_entry_is_left_for_a_later_block():
    trail.write(3)
    assert actions.seal_block() == 0
    assert not Block.objects.exists()


def test_blocks_follow_each_other(monkeypatch):
    blocks, entries = trail.three_blocks(monkeypatch)
    assert [block.after_entry_id for block in blocks] == [0, entries[3].id, entries[7].id]
    assert [block.up_to_entry_id for block in blocks] == [entries[n].id for n in (3, 7, 11)]
    head = Head.objects.get(subject_kind="audit")
    assert (head.length, head.digest) == (3, blocks[2].digest)


def test_a_minute_without_entries_makes_no_block(monkeypatch):
    trail.write(1)
    assert [trail.seal(monkeypatch) for _ in range(3)] == [1, 0, 0]
    assert Block.objects.count() == 1


def test_a_backlog_is_sealed_in_several_blocks(monkeypatch):
    monkeypatch.setattr(blocks, "LARGEST", 3)
    trail.write(8)
    assert trail.seal(monkeypatch) == 8
    assert [block.entries for block in Block.objects.order_by("up_to_entry_id")] == [3, 3, 2]


def at_once(*deeds):
    def run(deed):
        try:
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [each.result(30) for each in [pool.submit(run, deed) for deed in deeds]]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_sealing_waits_for_a_transaction_that_commits_late(monkeypatch):
    monkeypatch.setattr(blocks, "GRACE_MILLISECONDS", 0)
    monkeypatch.setattr(blocks, "SKEW_MILLISECONDS", 100)
    written, go = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            trail.write(1)
            written.set()
            go.wait(20)

    def sealer():
        written.wait(20)
        trail.write(2)
        before = actions.seal_block()
        go.set()
        return before

    assert at_once(slow, sealer)[1] == 0
    monkeypatch.setattr(blocks, "_oldest_writer", lambda: 0)
    assert actions.seal_block() == 3


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_four_at_once_seal_every_entry_once(monkeypatch):
    monkeypatch.setattr(blocks, "GRACE_MILLISECONDS", 0)
    monkeypatch.setattr(blocks, "LARGEST", 5)
    trail.write(40)
    monkeypatch.setattr(blocks, "_oldest_writer", lambda: 0)
    assert sum(at_once(*[actions.seal_block] * 4)) == 40
    assert sum(block.entries for block in Block.objects.all()) == Entry.objects.count() == 40
    assert Head.objects.get(subject_kind="audit").length == 8


def test_a_chain_begins_once_with_an_empty_block(monkeypatch):
    assert blocks.begin()
    assert not blocks.begin()
    trail.write(2)
    assert trail.seal(monkeypatch) == 2
    assert [block.entries for block in Block.objects.order_by("up_to_entry_id")] == [0, 2]
    assert verify().broken is None


def reset():
    """The blocks and their head taken away, as by raw SQL, with the entries they held."""
    with trail.by_force():
        Block.objects.all().delete()
        Head.objects.filter(subject_kind="audit").delete()


EVIDENCE = {
    "an entry of long ago": lambda: Entry.objects.filter(pk=Entry.objects.earliest("pk").pk).update(
        id=1000
    ),
    "the mark that all has seals": lambda: covering.cover_all(Viewer.system("prepare")),
    "a chain of long ago": lambda: Head.objects.create(id=1000, subject_kind="x", subject_id=1),
    "a written anchor": lambda: actions.record(
        by=Viewer.system("beat"), verb="audit.anchor", subject_kind="audit"
    ),
}


@pytest.mark.parametrize("evidence", EVIDENCE)
def test_a_chain_that_was_taken_away_is_missed_and_not_begun_anew(monkeypatch, evidence):
    trail.three_blocks(monkeypatch)
    reset()
    with trail.by_force():
        if evidence == "the mark that all has seals":
            monkeypatch.setattr(covering, "begin", lambda: False)
        EVIDENCE[evidence]()
    if evidence == "an entry of long ago":
        monkeypatch.setattr(verification, "fits", lambda content, digest: True)
    assert verify().broken == Broken("head", "audit", "封存块和链头全不在了")
    assert not blocks.begin()
    with pytest.raises(blocks.ChainLost):
        actions.seal_block()
    assert verify().broken is not None
    assert not Block.objects.exists()


def test_blocks_without_their_head_are_not_gone_on_with(monkeypatch):
    trail.three_blocks(monkeypatch)
    Head.objects.filter(subject_kind="audit").delete()
    with pytest.raises(blocks.ChainLost):
        actions.seal_block()
    assert not Head.objects.filter(subject_kind="audit").exists()


def test_a_head_without_its_blocks_is_not_gone_on_with(monkeypatch):
    trail.three_blocks(monkeypatch)
    with trail.by_force():
        Block.objects.all().delete()
    with pytest.raises(blocks.ChainLost):
        actions.seal_block()
