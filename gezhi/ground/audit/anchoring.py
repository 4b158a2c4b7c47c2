"""The digest that is noted outside the machine 封存摘要, and how one noted earlier is compared.

A copy of the whole database from an earlier day fits itself: nothing in it can show that a later
one was there. What shows it is the digest of the newest block, printed or kept elsewhere: each
block names the one before it, its entries name the newest step of their case, and so one line of
64 signs stands for everything sealed until then. It must be in every later chain, at the same
number.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from gezhi.ground.audit.blocks import CHAIN, newest, number_of
from gezhi.ground.audit.models import Block, Entry, Head
from gezhi.ground.audit.rules import block_content, fits
from gezhi.kernel import clock

# Half of what is printed is typed by hand in a minute, and nobody finds two alike.
SHORTEST = 16
_DIGEST = re.compile(r"摘要[:：]([0-9a-fA-F\s]+)")
_NUMBER = re.compile(r"第\s*(\d+)\s*块")
_TYPED = re.compile(rf"[0-9a-f]{{{SHORTEST},64}}")


@dataclass(frozen=True, slots=True)
class Anchor:
    """How far the trail is sealed: the number of blocks, of entries in them, of chains beside it,
    and the newest block's digest."""

    taken_at: datetime
    blocks: int
    entries: int
    chains: int
    sealed_at: datetime
    digest: str

    @property
    def text(self) -> str:
        """What is printed or kept: a few lines of plain text, read again by `noted`."""
        signs = [self.digest[place : place + 8] for place in range(0, 64, 8)]
        return "\n".join(
            (
                "格治 留痕封存摘要",
                f"日期：{clock.local(self.taken_at):%Y-%m-%d}",
                f"封存到：{clock.local(self.sealed_at):%Y-%m-%d %H:%M:%S}，第 {self.blocks} 块",
                f"留痕：{self.entries} 条；事件：{self.chains} 件",
                f"摘要：{signs[0]} {signs[1]}",
                *(f"{signs[pair]} {signs[pair + 1]}" for pair in (2, 4, 6)),
                "",
            )
        )


@dataclass(frozen=True, slots=True)
class Noted:
    """What was noted: the digest or at least its first 16 signs; the block's number if it was."""

    digest: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """Whether what was noted is still in the chain; `fault` says what is wrong, empty if nothing.

    `missing`: in no block; `moved`: blocks before it were taken away or added; `changed`: the block
    does not fit its entries.
    """

    noted: Noted
    fault: str
    sealed_at: datetime | None = None
    number: int = 0


def taken() -> Anchor | None:
    """The anchor as of now; None before the first block."""
    last = newest()
    if last is None:
        return None
    return Anchor(
        taken_at=clock.now(),
        blocks=number_of(last),
        entries=Entry.objects.filter(id__lte=last.up_to_entry_id).count(),
        chains=Head.objects.exclude(subject_kind=CHAIN).count(),
        sealed_at=last.sealed_at,
        digest=last.digest,
    )


def noted(text: str) -> Noted | None:
    """What a text says that was noted: a whole anchor, or the digest typed with any blanks.

    None when it holds no digest, or fewer than 16 signs of one.
    """
    found, number = _DIGEST.search(text), _NUMBER.search(text)
    typed = "".join((found.group(1) if found else text).split()).lower()
    if not _TYPED.fullmatch(typed):
        return None
    return Noted(typed, int(number.group(1)) if number else None)


def compared(note: Noted) -> Compared:
    """Look for what was noted in the chain of blocks as it is now."""
    block = Block.objects.filter(digest__startswith=note.digest).first()
    if block is None:
        return Compared(note, "missing")
    number = number_of(block)
    if note.number is not None and note.number != number:
        fault = "moved"
    else:
        fault = "" if _is_whole(block) else "changed"
    return Compared(note, fault, block.sealed_at, number)


def _is_whole(block: Block) -> bool:
    before = Block.objects.filter(up_to_entry_id=block.after_entry_id).first()
    entries = Entry.objects.filter(id__gt=block.after_entry_id, id__lte=block.up_to_entry_id)
    digests = list(entries.order_by("id").values_list("digest", flat=True))
    content = block_content(block, before.digest if before else "", digests)
    return len(digests) == block.entries and fits(content, block.digest)
