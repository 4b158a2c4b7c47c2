"""What to call a topic: its place and the words that its texts share and others do not."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

import numpy as np

from gezhi.methods.resemble.topics.features import BITS, counted
from gezhi.methods.resemble.topics.names import split, without
from gezhi.methods.resemble.topics.views import Views

WORDS = 4
_TEXTS = 60  # subjects read for the words of one topic
_LONGEST = 6
_SHARE = 0.25  # of the subjects a word stands in
_WHOLE = 0.7  # of a string's times, that a longer one must stay below


def place_of(views: Views, items: Sequence[int], areas: Sequence[str]) -> str:
    """The name most texts have, a subject's before a body's; else the commonest area, else ""."""
    said: Counter[str] = Counter()
    for item in items:
        heads, bodies = views.names[item]
        said.update(dict.fromkeys(heads, 3))
        said.update(set(bodies) - set(heads))
    if said:
        name, weight = max(said.items(), key=lambda pair: (pair[1], len(pair[0]), pair[0]))
        if weight >= len(items):
            return name
    known = Counter(area for area in areas if area)
    return min(known, key=lambda area: (-known[area], area)) if known else ""


def words_of(views: Views, texts: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """At most four strings that stand in many of the subjects and are rare elsewhere.

    Names of places are left out. A string is shown only where a quarter of the subjects, and at
    least two, have it, so that what one person wrote of themselves is not.
    """
    subjects = [without(split(text)[0], names) for text in texts[:_TEXTS]]
    least = max(2, int(np.ceil(_SHARE * len(subjects))))
    chosen: list[str] = []
    while len(chosen) < WORDS and (word := _best(views, subjects, least)):
        chosen.append(word)
        subjects = [subject.replace(word, " ") for subject in subjects]
    return tuple(chosen)


def _best(views: Views, subjects: Sequence[str], least: int) -> str:
    """The string that says most of the subjects, whole: no longer one is nearly as often."""
    held: Counter[str] = Counter()
    for subject in subjects:
        held.update(_strings(subject))
    longer: Counter[str] = Counter()
    for word, times in held.items():
        for part in (word[1:], word[:-1]):
            longer[part] = max(longer[part], times)
    often = [
        word
        for word, times in held.items()
        if times >= least and longer[word] < _WHOLE * times and len(word) <= _LONGEST
    ]
    if not often:
        return ""
    worth = _worths(views, often, [held[word] for word in often])
    return max(zip(worth, often, strict=True))[1] if max(worth) > 0 else ""


def _strings(subject: str) -> set[str]:
    runs = ["".join(run) for letter, run in groupby(subject, str.isalnum) if letter]
    return {
        run[at : at + size]
        for run in runs
        for size in range(2, _LONGEST + 2)
        for at in range(len(run) - size + 1)
    }


def _worths(views: Views, words: Sequence[str], times: Sequence[int]) -> list[float]:
    """Times heard, times mean rarity of the pairs of a word, a little more for a longer one."""
    found = counted(words)
    column = np.minimum(np.searchsorted(views.runs, found.run), max(len(views.runs) - 1, 0))
    rarity = np.zeros(len(found.run))
    if len(views.runs):
        known = views.runs[column] == found.run & ((1 << BITS) - 1)
        rarity = np.where(known, views.rarity[column], 0.0)
    total = np.bincount(found.text, rarity, len(words))
    mean = total / np.maximum(np.bincount(found.text, minlength=len(words)), 1)
    length = np.array([len(word) for word in words])
    return list(np.array(times) * mean**2 * np.sqrt(length))
