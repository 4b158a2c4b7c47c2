"""How often a draft carries anything over, whether it fits, and whether a fact slipped through.

The audit does not use the masking of `gezhi.methods.answer.facts`: digits are sought by shape and
names of persons by jieba's tagger (a package for developing only), outside titles of documents.
"""

import logging
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.answer.replies import Pair
from benchmarks.answer.retrieval import source_of, split
from benchmarks.answer.terms import terms
from gezhi.methods.answer import Draft, Shelf, draft

_CARRIED = "有关规定是："
_TITLE = re.compile(r"《[^《》]*》|〔\d{4}〕|[（(\[［]\d{4}[）)\]］]|【[^】]*】")
_DIGITS = re.compile(
    r"<TEL>|\d{7,}|\d{4}年|\d{1,2}月\d{1,2}日|\d+(?:\.\d+)?(?:万|亿)?元|UU\d+|[一-龥][A-Z][A-Z\d]{5}"
)


@dataclass(frozen=True, slots=True)
class Result:
    """Counts over the held-out messages."""

    messages: int
    carried: int
    sentences: int
    cited: int
    cited_right: float
    chance_right: float
    digits: tuple[str, ...]
    persons: tuple[str, ...]


def carried(made: Draft) -> str:
    """The sentences of a draft that come from sources; empty for a skeleton."""
    return "".join(
        line.removeprefix(_CARRIED) for line in made.text.split("\n") if line.startswith(_CARRIED)
    )


def _persons(text: str) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba.posseg

        jieba.setLogLevel(logging.WARNING)
        tagged = jieba.posseg.lcut(text)
    return [word.word for word in tagged if word.flag == "nr" and len(word.word) > 1]


def result(pairs: Sequence[Pair], window: tuple[float, float]) -> tuple[Result, list[str]]:
    """The counts, and every distinct carried-over text for reading."""
    known, asked = split(pairs, window)
    shelf = Shelf(source_of(pair) for pair in known)
    made = [(pair, draft(pair.message, shelf.like(pair.message, most=5))) for pair in asked]
    told = [(pair, carried(one)) for pair, one in made if one.sources]
    named = [(terms(text), terms(pair.answer)) for pair, text in told]
    naming = [(ours, true) for ours, true in named if ours]
    right = [len(ours & true) / len(ours) for ours, true in naming]
    # The same drafts against the true answer of another message: what chance would give.
    moved = [true for _, true in naming[1:] + naming[:1]]
    chance = [len(ours & true) / len(ours) for (ours, _), true in zip(naming, moved, strict=True)]
    bare = [_TITLE.sub("，", text) for _, text in told]
    counts = Result(
        len(asked),
        len(told),
        sum(text.count("。") for _, text in told),
        len(naming),
        sum(right) / max(1, len(right)),
        sum(chance) / max(1, len(chance)),
        tuple(found for text in bare for found in _DIGITS.findall(text)),
        tuple(found for text in bare for found in _persons(text)),
    )
    return counts, sorted({text for _, text in told})
