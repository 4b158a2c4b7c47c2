"""How often a draft carries anything over, whether it fits, and whether a fact slipped through.

The audit does not use the masking of `gezhi.methods.answer.facts`: digits are sought by shape and
names of persons by jieba's tagger (a package for developing only), outside titles of documents.
"""

import logging
import random
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.answer.replies import Pair
from benchmarks.answer.retrieval import source_of, split
from benchmarks.answer.terms import terms
from gezhi.methods.answer import Draft, Shelf, draft

# Common in given names and in names of estates alike.
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红琬菁涵睿恺翊"
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


def _facts(draw: random.Random) -> tuple[str, str, str, str]:
    """A name, a phone, a plate and a home, put together from common characters."""
    name = draw.choice("王李张刘陈杨赵黄周吴龚于方康") + "".join(
        draw.choices(_GIVEN, k=draw.choice((1, 2)))
    )
    phone = f"1{draw.choice('3578')}{draw.randrange(10**9):09d}"
    plate = f"湘{draw.choice('ABCD')}{draw.randrange(10**5):05d}"
    home = f"{draw.choice(_GIVEN)}{draw.choice(_GIVEN)}苑{draw.randrange(1, 40)}栋{draw.randrange(1, 5)}单元{draw.randrange(101, 3204)}室"
    return name, phone, plate, home


def planted(pairs: Sequence[Pair], window: tuple[float, float]) -> tuple[int, dict[str, int]]:
    """Put a stranger's fact into every sentence of every source; drafts carrying, and leaks.

    A leak is a draft in which the planted fact of one of its sources stands as it was planted.
    """
    known, asked = split(pairs, window)
    draw = random.Random(17)
    kinds = ("人名", "电话", "车牌", "住址")
    facts = {pair.number: _facts(draw)[at % len(kinds)] for at, pair in enumerate(known)}
    kind_of = {pair.number: kinds[at % len(kinds)] for at, pair in enumerate(known)}
    sources = [source_of(pair) for pair in known]
    shelf = Shelf(
        replace(one, answer=one.answer.replace("。", f"，{facts[one.id]}。")) for one in sources
    )
    made = [draft(pair.message, shelf.like(pair.message, most=5)) for pair in asked]
    leaks = dict.fromkeys(kinds, 0)
    for one in made:
        for number in one.sources:
            leaks[kind_of[number]] += facts[number] in one.text
    return sum(bool(one.sources) for one in made), leaks


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
