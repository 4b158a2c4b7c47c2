"""How well an entry answers what was asked: shared pairs of signs, the rare ones worth more; pure.

Rarity is the one of BM25; the entry is as like as its best wording is. Nothing here knows a database.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import log

from gezhi.kernel.bigrams import bigrams

# What is read of a long text: whoever asks something says it in so many signs.
READ_LENGTH = 300


def signs_of(text: str) -> tuple[str, ...]:
    """The pairs of a text and the last sign of each of its runs, each once, in order."""
    return tuple(dict.fromkeys(bigrams(text)))


def pairs_of(text: str) -> frozenset[str]:
    """Its pairs; of a run of one sign the sign. Single last signs tell little beside pairs."""
    signs = signs_of(text)
    pairs = frozenset(sign for sign in signs if len(sign) > 1)
    return pairs or frozenset(signs)


def lines_of(question: str, wordings: str) -> list[str]:
    """Every way an entry is asked in, its own first."""
    return [question, *(line for line in wordings.splitlines() if line.strip())]


def rarity(of: int, among: int) -> float:
    """What sharing a sign is worth that stands in so many entries: more than 0, less the more."""
    return log(1 + (among - min(of, among) + 0.5) / (of + 0.5))


def chosen(counts: Mapping[str, int], most: int) -> list[str]:
    """The signs whose postings are read: the rarest first, as many as hold no more than `most`
    together; the rarest of all in any case. Those that stand nowhere are left out."""
    known = sorted((count, sign) for sign, count in counts.items() if count > 0)
    taken: list[str] = []
    left = most
    for count, sign in known:
        if taken and count > left:
            break
        taken.append(sign)
        left -= count
    return taken


def first_look(postings: Iterable[tuple[str, int]], worth: Mapping[str, float]) -> list[int]:
    """Entries by what they share of the signs that were read, best first, the newest of equals."""
    found: dict[int, float] = {}
    for sign, article_id in postings:
        found[article_id] = found.get(article_id, 0.0) + worth.get(sign, 0.0)
    return sorted(found, key=lambda article_id: (-found[article_id], -article_id))


def likeness(asked: frozenset[str], line: str, worth: Mapping[str, float]) -> tuple[float, float]:
    """How like one wording is to what was asked, and what share of the wording was asked.

    Both 0 where nothing is shared; the share is 1 where all of the wording is in the question.
    """
    pairs = pairs_of(line)
    whole = sum(worth.get(pair, 0.0) for pair in pairs)
    shared = sum(worth.get(pair, 0.0) for pair in pairs & asked)
    if not whole or not shared:
        return 0.0, 0.0
    return float(shared / whole**0.5), float(min(shared / whole, 1.0))


def best(asked: frozenset[str], lines: Sequence[str], worth: Mapping[str, float]) -> tuple[float, float]:  # fmt: skip
    """The likeness of the wording that is most like, with its share."""
    return max((likeness(asked, line, worth) for line in lines), default=(0.0, 0.0))
