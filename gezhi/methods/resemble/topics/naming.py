"""What to call a topic: its place and the words that its texts share and others do not."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from gezhi.methods.resemble.topics.features import counted
from gezhi.methods.resemble.topics.names import split, without
from gezhi.methods.resemble.topics.views import PRIOR, Views

WORDS = 4
SUBJECTS = 60  # subjects read for the words of one topic
_LONGEST = 6
_SHARE = 0.25  # of the subjects a word stands in
_WHOLE = 0.7  # of a string's times, that a longer one must stay below
_IMAGINED = 50.0  # other texts without the word, so that among few something can be said
_LIFT = 2.0  # how much oftener a word must be said in a topic than in all other texts
# A number with what it counts of a house tells where, like a name; 的 joins two words.
_ADDRESS = r"[0-9零一二三四五六七八九十百]+(?:号院|号楼|号(?!线)|单元|栋|幢)"


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
    views: Views,
    topics: Sequence[tuple[Sequence[str], Collection[str]]],
    fillers: Collection[str] = (),
) -> list[tuple[str, ...]]:
    """Of each topic at most four strings that many of its subjects have and few other texts.

    A topic is its different texts and the names in them, which are left out, as are `fillers`:
    words that are said of any case. A string is shown only where a quarter of the subjects, and
    at least two, have it, so that what one person wrote of themselves is not, and where that share
    is twice that of all other texts. The strings of all topics are counted at once.
    """
    empty = _empty(fillers)
    said = [_common(texts, names, empty) for texts, names in topics]
    words = sorted({word for subjects in said for held in subjects.strings for word in held})
    having = dict(zip(words, _having(views, words), strict=True))
    return [_chosen(subjects, having, views.count) for subjects in said]


def _empty(fillers: Collection[str]) -> re.Pattern[str]:
    """What says nothing of a case: the fillers, the longest first, and where a house stands."""
    said = sorted(map(re.escape, filter(None, fillers)), key=len, reverse=True)
    return re.compile("|".join([_ADDRESS, *said, "的"]))


@dataclass(slots=True)
class _Subjects:
    """The first subjects of a topic without what is empty, and the strings of each that others
    have too; `wholes` are all its texts, and `inside` how many of them have a string."""

    texts: list[str]
    strings: list[set[str]]
    least: int
    wholes: Sequence[str]
    inside: dict[str, int] = field(default_factory=dict)

    def lift(self, word: str, having: Mapping[str, float], of_all: int) -> float:
        """How much oftener the subjects have a string than all other texts, at least."""
        if word not in self.inside:
            self.inside[word] = sum(word in text for text in self.wholes)
        elsewhere = max(having[word] - self.inside[word], 0.0) + 1.0
        share = sum(word in strings for strings in self.strings) / len(self.strings)
        return share * (of_all - len(self.wholes) + _IMAGINED) / elsewhere


def _common(texts: Sequence[str], names: Collection[str], empty: re.Pattern[str]) -> _Subjects:
    subjects = [without(split(text)[0], names) for text in texts[:SUBJECTS]]
    subjects = [empty.sub(lambda found: " " * len(found[0]), subject) for subject in subjects]
    least = max(2, int(np.ceil(_SHARE * len(subjects))))
    strings = [_strings(subject) for subject in subjects]
    held = Counter(word for words in strings for word in words)
    # What is rarer can neither be shown nor keep another from being shown.
    common = {word for word, times in held.items() if times >= _WHOLE * least}
    return _Subjects(subjects, [words & common for words in strings], least, texts)


def _chosen(subjects: _Subjects, having: Mapping[str, float], of_all: int) -> tuple[str, ...]:
    chosen: list[str] = []
    while len(chosen) < WORDS and (word := _best(subjects, having, of_all)):
        chosen.append(word)
        for at, text in enumerate(subjects.texts):
            if word in subjects.strings[at]:
                subjects.texts[at] = plain = text.replace(word, " ")
                subjects.strings[at] = {part for part in subjects.strings[at] if part in plain}
    return tuple(chosen)


def _best(subjects: _Subjects, having: Mapping[str, float], of_all: int) -> str:
    """The string that says most of the subjects, whole: no longer one is nearly as often.

    How much is told by the subjects that have it, each for the logarithm of its lift (what they
    tell against all other texts), a little more for a longer one.
    """
    held = Counter(word for words in subjects.strings for word in words)
    longer: Counter[str] = Counter()
    for word, times in held.items():
        for part in (word[1:], word[:-1]):
            longer[part] = max(longer[part], times)
    telling = [
        (times * float(np.log(lift)) * len(word) ** 0.5, word)
        for word, times in held.items()
        if times >= subjects.least
        and longer[word] < _WHOLE * times
        and len(word) <= _LONGEST
        and (lift := subjects.lift(word, having, of_all)) >= _LIFT
    ]
    return max(telling, default=(0.0, ""))[1]


def _strings(subject: str) -> set[str]:
    runs = ["".join(run) for letter, run in groupby(subject, str.isalnum) if letter]
    return {
        run[at : at + size]
        for run in runs
        for size in range(2, _LONGEST + 2)
        for at in range(len(run) - size + 1)
    }


def _having(views: Views, words: Sequence[str]) -> list[float]:
    """How many texts can have each word at most: as many as have the rarest of its runs."""
    found = counted([("", word) for word in words])
    column = views.column[found.run]
    # A run without a column is in one text alone.
    texts = np.ones(len(column))
    shared = column >= 0
    texts[shared] = (views.count + PRIOR) / np.exp(views.rarity[column[shared]])
    owner = np.repeat(np.arange(len(words)), np.diff(found.begins))
    least = np.full(len(words), float(views.count))
    np.minimum.at(least, owner, texts)
    return list(least)
