"""Checking the trail from its first row, naming the first that does not fit.

What it shows: a changed, added, removed or replaced entry or block. What it cannot show alone: that
somebody removed the newest rows together with every mark of them, keys in hand or not. For that the
digest of the newest block is noted outside the machine (`anchoring`) and looked for at the next
check. Nor that an entry was deleted in the two or three minutes before it is sealed: one that
records a step of a case is missed by the step, unless the case itself was taken away with it, whole
and as new; one that records something else is missed by nothing. A running count would find both,
and would have all writers wait for each other.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.audit import anchoring
from gezhi.ground.audit.blocks import (
    CHAIN,
    is_covered,
    must_have_begun,
    number_of,
    oldest_unsealed,
)
from gezhi.ground.audit.models import Block, Entry, Head
from gezhi.ground.audit.rules import block_content, entry_content, fits, head_content


@dataclass(frozen=True, slots=True)
class Broken:
    """The first row that does not fit: of which kind, which one, and what is wrong with it."""

    kind: str
    row: str
    fault: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the trail found. `unsealed_late` says that blocks stopped being made."""

    entries: int
    blocks: int
    broken: Broken | None
    newest_digest: str
    unsealed: int
    unsealed_late: bool


@dataclass(frozen=True, slots=True)
class Verified:
    """What the check of a module found: the first broken row, if any, of how many subjects.

    `without_seal` of them are from before there were seals: only their chains were checked.
    """

    broken: Broken | None
    subjects: int
    without_seal: int = 0


_FAULTS = {
    "missing": gettext_lazy("以前记下的摘要不在任何一块里"),
    "moved": gettext_lazy("以前记下的摘要现在是另一个编号的"),
    "changed": gettext_lazy("以前记下的那一块和它的留痕对不上"),
}

Row = TypeVar("Row", bound=Model)
Progress = Callable[[int], None]
Verify = Callable[[datetime | None, Progress], Verified]
_checks: dict[str, Verify] = {}


def register(kind: str, check: Verify) -> None:
    """Have the chains and rows of a module checked with the trail.

    `check(since, progress)` tells `progress` now and then how many subjects it has read. Called in
    `AppConfig.ready`.
    """
    _checks[kind] = check


def checks() -> dict[str, Verify]:
    """The registered checks by kind, in order of registration."""
    return dict(_checks)


def verify(
    *,
    since: datetime | None = None,
    noted: str = "",
    progress: Progress = lambda count: None,
) -> Verdict:
    """Check entries, blocks, their chain and its head; stops at the first row that does not fit.

    `since` begins with the first block sealed from then on and trusts the one before it. `noted`
    holds what was written down earlier (`anchoring.noted`): it must still be in the chain.
    """
    walk = _Walk(progress)
    head = Head.objects.filter(subject_kind=CHAIN, subject_id=0).first()
    broken = walk.blocks(since) or walk.unsealed()
    if broken is None:
        broken = _end(head, walk) or _noted(noted)
    return Verdict(
        entries=walk.count,
        blocks=walk.block_count,
        broken=broken,
        newest_digest=walk.before,
        unsealed=walk.unsealed_count,
        unsealed_late=0 < walk.first_unsealed < oldest_unsealed(),
    )


@dataclass(frozen=True, slots=True)
class Lately:
    """What a short look found, of how many blocks, entries and heads."""

    broken: Broken | None
    blocks: int
    entries: int
    heads: int
    unsealed_late: bool


def lately(*, blocks: int, heads: int) -> Lately:
    """Check the last blocks, every entry after them, and the seals of the newest heads: what can be
    asked often. What lies before them is trusted; `verify` reads it.
    """
    walk = _Walk(lambda _count: None)
    newest = list(Block.objects.order_by("-up_to_entry_id")[: blocks + 1])
    if len(newest) > blocks:
        walk.after, walk.before = newest[-1].up_to_entry_id, newest[-1].digest
    broken = walk.blocks(None) or walk.unsealed()
    own = Head.objects.filter(subject_kind=CHAIN, subject_id=0).first()
    if broken is None:
        broken = _end_of_chain(own, walk)
    checked = list(Head.objects.exclude(subject_kind=CHAIN).order_by("-id")[:heads])
    if broken is None:
        broken = next((_head_changed(one) for one in checked if not _is_whole(one)), None)
    return Lately(
        broken=broken,
        blocks=walk.block_count,
        entries=walk.count,
        heads=len(checked),
        unsealed_late=0 < walk.first_unsealed < oldest_unsealed(),
    )


def _is_whole(head: Head) -> bool:
    # One from before there were seals has none; `verify` knows which kinds have to have one.
    return not head.seal or fits(head_content(head), head.seal)


def _head_changed(head: Head) -> Broken:
    return Broken("head", f"{head.subject_kind} {head.subject_id}", _("链头被改过"))


def _end_of_chain(head: Head | None, walk: "_Walk") -> Broken | None:
    """As `_end`, but for the number of all blocks, which takes long to count."""
    if head is None or not head.length:
        return _end(head, walk)
    if not fits(head_content(head), head.seal) and (head.seal or is_covered(CHAIN)):
        return Broken("head", CHAIN, _("封存块的链头被改过"))
    # A block may have been made since the head was read, but none is taken away.
    if head.digest != walk.before and not Block.objects.filter(digest=head.digest).exists():
        return Broken("block", str(head.length), _("最新一块不在了"))
    return None


def _in_order(rows: QuerySet[Row], name: str, after: int) -> Iterator[Row]:
    """Rows by a growing column, two thousand a statement: a cursor over all of them would hold a
    snapshot of the whole trail for as long as the check takes."""
    while part := list(rows.filter(**{f"{name}__gt": after}).order_by(name)[:2000]):
        yield from part
        after = getattr(part[-1], name)


class _Walk:
    """One pass over blocks and entries side by side, in order of id."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._entries: Iterator[Entry] = iter(())
        self._next: Entry | None = None
        self.count = self.block_count = self.unsealed_count = self.first_unsealed = 0
        self.before = ""
        self.after = 0

    def blocks(self, since: datetime | None) -> Broken | None:
        """Every block with its entries; the first fault, or None."""
        rows = Block.objects.all()
        if since is not None:
            trusted = rows.filter(sealed_at__lt=since).order_by("up_to_entry_id").last()
            if trusted is not None:
                self.after, self.before = trusted.up_to_entry_id, trusted.digest
        self._begin()
        for block in _in_order(rows, "up_to_entry_id", self.after):
            broken = self._block(block)
            if broken is not None:
                return broken
            self.after, self.before = block.up_to_entry_id, block.digest
            self.block_count += 1
        return None

    def _block(self, block: Block) -> Broken | None:
        name = f"{block.pk} ({block.after_entry_id}–{block.up_to_entry_id})"
        if block.after_entry_id != self.after:
            return Broken("block", name, _("前一块不在了"))
        digests = []
        while self._next is not None and self._next.id <= block.up_to_entry_id:
            entry = self._next
            if not fits(entry_content(entry), entry.digest):
                return _changed(entry)
            digests.append(entry.digest)
            self._step()
        if len(digests) != block.entries:
            counts = {"sealed": block.entries, "there": len(digests)}
            return Broken("block", name, _("封存了 %(sealed)d 条，现在有 %(there)d 条") % counts)
        if not fits(block_content(block, self.before, digests), block.digest):
            return Broken("block", name, _("这一块或其中一条被换过"))
        return None

    def unsealed(self) -> Broken | None:
        """The entries after the last block, which have only their own digest yet."""
        while self._next is not None:
            entry = self._next
            if not fits(entry_content(entry), entry.digest):
                return _changed(entry)
            self.first_unsealed = self.first_unsealed or entry.id
            self.unsealed_count += 1
            self._step()
        return None

    def _begin(self) -> None:
        self._entries = _in_order(Entry.objects.all(), "id", self.after)
        self._next = next(self._entries, None)

    def _step(self) -> None:
        self.count += 1
        self._progress(self.count)
        self._next = next(self._entries, None)


def _changed(entry: Entry) -> Broken:
    return Broken("entry", str(entry.id), _("有一栏被改过"))


def _end(head: Head | None, walk: _Walk) -> Broken | None:
    """The head was read first: its block must be there, and as many blocks as it counts."""
    if head is None or not head.length:
        if walk.block_count:
            return Broken("head", CHAIN, _("有封存块，没有链头"))
        gone = _("封存块和链头全不在了")
        return Broken("head", CHAIN, gone) if must_have_begun() else None
    if not fits(head_content(head), head.seal) and (head.seal or is_covered(CHAIN)):
        return Broken("head", CHAIN, _("封存块的链头被改过"))
    newest = Block.objects.filter(digest=head.digest).first()
    if newest is None:
        return Broken("block", str(head.length), _("最新一块不在了"))
    there = number_of(newest)
    if there != head.length:
        counts = {"sealed": head.length, "there": there}
        return Broken("head", CHAIN, _("封过 %(sealed)d 块，现在有 %(there)d 块") % counts)
    return None


def _noted(noted: str) -> Broken | None:
    if not noted:
        return None
    note = anchoring.noted(noted)
    if note is None:
        return Broken("block", noted[:16], _("这不是记下过的摘要"))
    fault = anchoring.compared(note).fault
    return Broken("block", note.digest, str(_FAULTS[fault])) if fault else None
