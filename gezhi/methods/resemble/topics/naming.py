"""What to call a topic: its place and the words that its texts share and others do not."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from gezhi.methods.resemble.topics.features import counted
from gezhi.methods.resemble.topics.names import split, without
from gezhi.methods.resemble.topics.views import Views

WORDS = 4
SUBJECTS = 60  # subjects read for the words of one topic
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


def words_of(
    views: Views, topics: Sequence[tuple[Sequence[str], Collection[str]]]
) -> list[tuple[str, ...]]:
    """Of each topic at most four strings that stand in many of its subjects and are rare elsewhere.

    A topic is its texts and the names in them, which are left out. A string is shown only where a
    quarter of the subjects, and at least two, have it, so that what one person wrote of themselves
    is not. The strings of all topics are weighed at once.
    """
    said = [_common(texts[:SUBJECTS], names) for texts, names in topics]
    words = sorted({word for subjects in said for held in subjects.strings for word in held})
    worth = dict(zip(words, _worths(views, words), strict=True))
    return [_chosen(subjects, worth) for subjects in said]


@dataclass(slots=True)
class _Subjects:
    """Subjects without names, and the strings of each that others have too."""

    texts: list[str]
    strings: list[set[str]]
    least: int


def _common(texts: Sequence[str], names: Collection[str]) -> _Subjects:
    subjects = [without(split(text)[0], names) for text in texts]
    least = max(2, int(np.ceil(_SHARE * len(subjects))))
    strings = [_strings(subject) for subject in subjects]
    held = Counter(word for words in strings for word in words)
    # What is rarer can neither be shown nor keep another from being shown.
    common = {word for word, times in held.items() if times >= _WHOLE * least}
    return _Subjects(subjects, [words & common for words in strings], least)


def _chosen(subjects: _Subjects, worth: Mapping[str, float]) -> tuple[str, ...]:
    chosen: list[str] = []
    while len(chosen) < WORDS and (word := _best(subjects, worth)):
        chosen.append(word)
        for at, text in enumerate(subjects.texts):
            if word in subjects.strings[at]:
                subjects.texts[at] = plain = text.replace(word, " ")
                subjects.strings[at] = {part for part in subjects.strings[at] if part in plain}
    return tuple(chosen)


def _best(subjects: _Subjects, worth: Mapping[str, float]) -> str:
    """The string that says most of the subjects, whole: no longer one is nearly as often."""
    held = Counter(word for words in subjects.strings for word in words)
    longer: Counter[str] = Counter()
    for word, times in held.items():
        for part in (word[1:], word[:-1]):
            longer[part] = max(longer[part], times)
    often = [
        (times * worth[word], word)
        for word, times in held.items()
        if times >= subjects.least and longer[word] < _WHOLE * times and len(word) <= _LONGEST
    ]
    best, word = max(often, default=(0.0, ""))
    return word if best > 0 else ""


def _strings(subject: str) -> set[str]:
    runs = ["".join(run) for letter, run in groupby(subject, str.isalnum) if letter]
    return {
        run[at : at + size]
        for run in runs
        for size in range(2, _LONGEST + 2)
        for at in range(len(run) - size + 1)
    }


def _worths(views: Views, words: Sequence[str]) -> list[float]:
    """The squared mean rarity of the pairs of a word, a little more for a longer one."""
    found = counted([("", word) for word in words])
    column = views.column[found.run]
    rarity = np.zeros(len(column))
    rarity[column >= 0] = views.rarity[column[column >= 0]]
    owner = np.repeat(np.arange(len(words)), np.diff(found.begins))
    mean = np.bincount(owner, rarity, len(words)) / np.maximum(np.diff(found.begins), 1)
    return list(mean**2 * np.sqrt([len(word) for word in words]))
