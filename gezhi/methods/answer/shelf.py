"""Closed cases with their answers, and the ones that are like a new question."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from gezhi.methods.answer.grams import Codes, pairs, placed_pairs
from gezhi.methods.answer.postings import (
    ANSWER_LENGTH,
    QUESTION_LENGTH,
    Floats,
    field_of,
    postings_of,
)
from gezhi.methods.answer.reading import plain

# What of a text is read: the rest of the longest ones is lists and tables.
_QUESTION = 3_000
_ANSWER = 2_000
# Pairs followed for one question, and the share of sources beyond which a pair is not.
_MOST_PAIRS = 96
_WIDEST = 0.25
# Candidates weighed again by class, unit and age.
_CANDIDATES = 64
_SAME_CLASS = 1.25
_NEAR_CLASS = 1.10
_SAME_UNIT = 1.10
# Of two equals the newer one is better: a rule may have changed. Days until half of it is gone.
_FRESH = 0.10
_HALF_LIFE = 730.0
# A pair of characters that fewer other answers than this hold may be a name or a number of one
# case.
_KNOWN = 3
_MOST_SOURCES = 1 << 21


@dataclass(frozen=True, slots=True)
class Source:
    """A closed case: what was asked, what was answered. `moment` is in days since 1970."""

    id: int
    question: str
    answer: str
    class_code: str = ""
    unit: str = ""
    moment: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """A source that is like the question.

    `score` (0..1) is the share of the question's words, weighed by their rarity, that the source
    holds too. `rare` are the spans of the answer's plain text (`reading.plain`) that hardly any other
    answer on the shelf holds (names, numbers, places of that case); `None` where no shelf was asked.
    """

    source: Source
    score: float
    rare: tuple[tuple[int, int], ...] | None = None


class Shelf:
    """Sources, ready to be asked. Holds texts and an index; build it once, ask it often."""

    def __init__(self, sources: Iterable[Source]) -> None:
        """Index the sources; about 20 s of one core for 100,000 of a usual length.

        The index then holds some 0.5 GB; while it is built, the process needs five times that.

        Sources without an answer are left out: there is nothing to draft from. Raises
        `ValueError` for more than two million.
        """
        kept = [source for source in sources if source.answer.strip()]
        if len(kept) > _MOST_SOURCES:
            raise ValueError("too many sources for one shelf")
        self._sources = kept
        bits = max(1, (max(1, len(kept)) - 1).bit_length())
        question = field_of(
            [plain(source.question, _QUESTION) for source in kept], bits, QUESTION_LENGTH
        )
        answer = field_of([plain(source.answer, _ANSWER) for source in kept], bits, ANSWER_LENGTH)
        self._postings = postings_of(question, answer, bits, len(kept))
        self._answer_codes, self._answer_spread = answer.codes, answer.spread
        self._newest = max((source.moment for source in kept), default=0.0)

    def __len__(self) -> int:
        return len(self._sources)

    def like(
        self, question: str, *, class_code: str = "", unit: str = "", most: int = 3
    ) -> list[Found]:
        """The sources most like `question`, best first, at most `most`.

        A source of the same class or unit is preferred, of a neighboring class (same beginning)
        a little, and a newer one slightly. Empty for a question that shares nothing with any
        source. Never raises on any text.
        """
        text = plain(question, _QUESTION)
        if not self._sources or most < 1:
            return []
        scores = self._postings.scores(text, most_pairs=_MOST_PAIRS, widest=_WIDEST)
        count = min(max(_CANDIDATES, most), len(scores))
        candidates = np.argpartition(-scores, count - 1)[:count]
        rated = [
            (float(scores[at]) * self._preference(self._sources[at], class_code, unit), int(at))
            for at in candidates.tolist()
            if scores[at] > 0
        ]
        rated.sort(key=lambda pair: (-pair[0], pair[1]))
        chosen = [self._sources[at] for _, at in rated[:most]]
        return [Found(source, self._share(text, source), self._rare(source)) for source in chosen]

    def _preference(self, source: Source, class_code: str, unit: str) -> float:
        age = max(0.0, self._newest - source.moment)
        factor = 1.0 + _FRESH * math.exp2(-age / _HALF_LIFE)
        if class_code and source.class_code == class_code:
            factor *= _SAME_CLASS
        elif class_code and source.class_code[:2] == class_code[:2]:
            factor *= _NEAR_CLASS
        if unit and source.unit == unit:
            factor *= _SAME_UNIT
        return factor

    def _rarity(self, codes: Codes) -> Floats:
        """log of sources by holders, of each code; a code nobody holds is as rare as any."""
        index = self._postings
        at = np.minimum(np.searchsorted(index.codes, codes), max(0, len(index.codes) - 1))
        holders = np.where(index.codes[at] == codes, index.starts[at + 1] - index.starts[at], 0)
        rarity: Floats = np.log((index.count + 1.0) / (holders + 0.5)).astype(np.float32)
        return np.maximum(rarity, np.float32(0.0))

    def _share(self, text: str, source: Source) -> float:
        asked = np.unique(pairs(text))
        if not len(asked):
            return 0.0
        rarity = self._rarity(asked)
        held = np.isin(asked, pairs(source.question + "\n" + source.answer))
        whole = float(rarity.sum())
        return float(rarity[held].sum()) / whole if whole > 0 else float(held.mean())

    def _rare(self, source: Source) -> tuple[tuple[int, int], ...]:
        """Spans of the answer whose pairs hardly any other answer holds."""
        codes, places = placed_pairs(plain(source.answer))
        if not len(codes):
            return ()
        at = np.minimum(
            np.searchsorted(self._answer_codes, codes), max(0, len(self._answer_codes) - 1)
        )
        spread = np.where(self._answer_codes[at] == codes, self._answer_spread[at], 0)
        spans: list[tuple[int, int]] = []
        for place in places[spread <= _KNOWN].tolist():
            if spans and spans[-1][1] > place:
                spans[-1] = (spans[-1][0], place + 2)
            else:
                spans.append((place, place + 2))
        return tuple(spans)
