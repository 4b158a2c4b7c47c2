"""A trail to spoil: entries, sealed without waiting."""

from contextlib import contextmanager

from gezhi.ground.audit import actions, blocks, triggers
from gezhi.ground.audit.models import Block, Entry
from gezhi.kernel.viewer import Viewer


def write(count, user_id=1):
    return [
        actions.record(
            by=Viewer(user_id=user_id, district_id=1),
            verb="cases.dispatch",
            subject_kind="case",
            subject_id=number,
            detail={"unit": number, "codes": ("a", "b")},
            subject_digest="ab" * 32,
        )
        for number in range(count)
    ]


def seal(monkeypatch):
    monkeypatch.setattr(blocks, "GRACE_MILLISECONDS", 0)
    return actions.seal_block()


def three_blocks(monkeypatch):
    """Three blocks of four entries and two entries not sealed yet."""
    for _ in range(3):
        write(4)
        assert seal(monkeypatch) == 4
    write(2)
    return list(Block.objects.order_by("up_to_entry_id")), list(Entry.objects.order_by("id"))


@contextmanager
def by_force():
    """What somebody with the database file or the owner's role can do."""
    triggers.remove()
    yield
    triggers.install()
