"""Chinese search without a dictionary: overlapping pairs of signs, the same in both databases.

A text is cut into runs of letters and digits, a run into its pairs. SQLite holds the pairs as one
FTS5 text, PostgreSQL as a `text[]` under GIN; the words of a reader go through the same cut.
"""

import re
import unicodedata

_RUN = re.compile(r"[^\W_]+")


def bigrams(text: str) -> list[str]:
    """The pairs to be stored, in order, plus the last sign of each run by itself.

    The last sign lets a search for one sign find it by prefix (`灯*` finds 路灯). Full and half
    width, upper and lower case are the same.
    """
    stored: list[str] = []
    for run in _runs(text):
        stored.extend(_pairs(run))
        stored.append(run[-1])
    return stored


def searched(words: str) -> list[str]:
    """The pairs a reader's words must have in common with a text; single signs as they are.

    For PostgreSQL `stored @> searched`; words longer than two signs are checked again with LIKE,
    as the pairs may stand apart. One sign alone is found by LIKE only.
    """
    pairs: list[str] = []
    for run in _runs(words):
        pairs.extend(_pairs(run) or [run])
    return list(dict.fromkeys(pairs))


def phrase(words: str) -> str:
    """The FTS5 query for a reader's words: every run as a phrase, all of them; "" for no words.

    Safe to pass to MATCH: only letters and digits are left, inside quotes.
    """
    return " AND ".join(
        f'"{run}"*' if len(run) == 1 else f'"{" ".join(_pairs(run))}"' for run in _runs(words)
    )


def _runs(text: str) -> list[str]:
    return _RUN.findall(unicodedata.normalize("NFKC", text).casefold())


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)]
