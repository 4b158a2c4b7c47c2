"""Chinese search without a dictionary: overlapping pairs of signs, the same in both databases.

A text is cut into runs of letters and digits, a run into its pairs; its signs come after them. What
is stored (`stored`) is one line of these: SQLite reads it as an FTS5 text, PostgreSQL as an array
under GIN, and where neither stands it is compared as it is. The words of a reader go through the
same cut.
"""

import re
import unicodedata

_RUN = re.compile(r"[^\W_]+")


def bigrams(text: str) -> list[str]:
    """The pairs to be stored, in order, plus the last sign of each run by itself.

    The last sign keeps the pairs of two runs apart. Full and half width, upper and lower case are
    the same.
    """
    stored: list[str] = []
    for run in _runs(text):
        stored.extend(_pairs(run))
        stored.append(run[-1])
    return stored


def stored(text: str) -> str:
    """What an index of the text holds, as one line: its pairs in order, then its single signs.

    A blank stands on both sides of each, so that `held_as` is found in it as it is.
    """
    pairs = bigrams(text)
    signs = dict.fromkeys("".join(_runs(text)))
    return f" {' '.join([*pairs, *signs])} " if pairs else ""


def held_as(words: str) -> list[str]:
    """What must stand in a `stored` line, each somewhere, for a text to hold all these words."""
    return [f" {' '.join(_pairs(run) or [run])} " for run in dict.fromkeys(_runs(words))]


def searched(words: str) -> list[str]:
    """The pairs a reader's words must have in common with a text; single signs as they are.

    For PostgreSQL `stored @> searched`; words longer than two signs are checked again with
    `held_as`, as the pairs may stand apart.
    """
    pairs: list[str] = []
    for run in _runs(words):
        pairs.extend(_pairs(run) or [run])
    return list(dict.fromkeys(pairs))


def phrase(words: str) -> str:
    """The FTS5 query for a reader's words: every run as a phrase, all of them; "" for no words.

    Safe to pass to MATCH: only letters and digits are left, inside quotes.
    """
    return " AND ".join(f'"{" ".join(_pairs(run) or [run])}"' for run in _runs(words))


def _runs(text: str) -> list[str]:
    return _RUN.findall(unicodedata.normalize("NFKC", text).casefold())


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)]
