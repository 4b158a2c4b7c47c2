"""Heavier paraphrases of a message: other words, things left out, another name for the place.

Written apart from the method: it cuts words with jieba, which the method never does, and words
without a synonym in the list are changed for any other word of their length, which shares no sign
with them, as an unforeseen synonym would.
"""

import collections
import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import jieba

CHANGED, LEFT_OUT = 0.30, 0.35

_KIND = "小区|花园|家园|社区|公馆|新村|新城|国际|大道|公寓|广场|中学|小学|街道|路|街|镇|乡|村|苑|府|城|园|里|巷"
_NAME = re.compile(rf"([\u4e00-\u9fff]{{2,5}}?)({_KIND})")
_CLAUSE = re.compile(r"[^，。！？；,.!?;\s]+[，。！？；,.!?;\s]*")
_SIGNS = "金银青翠松柏云霞梅兰竹菊江湖山川岭溪桥福禄寿喜康宁安泰和顺祥瑞丰盛东南西北天星月华晨曦锦绣玉珠凤龙麟鹤枫桂荷莲"
_NO_NAME = re.compile(r"[的在是有和与于到从对把被这那个我你他们]")


@dataclass(frozen=True)
class Message:
    """A subject and a detail."""

    subject: str
    detail: str


class Paraphraser:
    """Makes paraphrases; the same seed gives the same ones."""

    def __init__(self, messages: Iterable[Message], seed: int) -> None:
        self._chance = random.Random(seed)
        self._messages = list(messages)

    @cached_property
    def _synonyms(self) -> dict[str, list[str]]:
        lines = Path(__file__).with_name("synonyms.txt").read_text(encoding="utf-8").splitlines()
        found: dict[str, list[str]] = {}
        for line in lines:
            word, *others = line.split()
            found.setdefault(word, []).extend(others)
        return found

    @cached_property
    def _vocabulary(self) -> dict[int, list[str]]:
        """Words of the messages by their length, each once."""
        words = {word for message in self._messages[:2000] for word in jieba.cut(message.detail)}
        found: dict[int, list[str]] = collections.defaultdict(list)
        for word in sorted(words):
            if word.isalpha() and not word.isascii():
                found[len(word)].append(word)
        return found

    def paraphrase(self, message: Message) -> Message:
        """The same case told again: 35 % left out, 30 % of the rest other words, other names."""
        names = self._other_names(message)
        return Message(self._retell(message.subject, names), self._retell(message.detail, names))

    def _other_names(self, message: Message) -> dict[str, str]:
        """Another name for each of the two places named most often."""
        counted = collections.Counter(
            match.group()
            for match in _NAME.finditer(f"{message.subject}\n{message.detail}")
            if not _NO_NAME.search(match.group())
        )
        return {name: self._other_name(name) for name, _ in counted.most_common(2)}

    def _other_name(self, name: str) -> str:
        kind = _NAME.fullmatch(name)
        ending = kind.group(2) if kind else ""
        proper = name[: len(name) - len(ending)]
        if self._chance.random() < 0.3 and len(proper) > 2:
            return proper[:2]  # the short name people use
        return "".join(self._chance.sample(_SIGNS, len(proper) if len(proper) < 4 else 3)) + ending

    def _retell(self, text: str, names: dict[str, str]) -> str:
        for name, other in names.items():
            text = text.replace(name, other)
        kept = self._without(text)
        words = list(jieba.cut(kept))
        return "".join(self._other_word(word) for word in words)

    def _without(self, text: str) -> str:
        """35 % of the signs left out: about half of it whole clauses, the rest single words."""
        clauses = _CLAUSE.findall(text)
        aim = len(text) * (1 - LEFT_OUT / 2)
        order = list(range(len(clauses)))
        self._chance.shuffle(order)
        size = sum(map(len, clauses))
        dropped: set[int] = set()
        for at in order:
            if size - len(clauses[at]) >= aim:
                dropped.add(at)
                size -= len(clauses[at])
        words = list(jieba.cut("".join(c for at, c in enumerate(clauses) if at not in dropped)))
        return self._thinned(words, int(len(text) * (1 - LEFT_OUT)))

    def _thinned(self, words: list[str], aim: int) -> str:
        order = list(range(len(words)))
        self._chance.shuffle(order)
        size = sum(map(len, words))
        dropped: set[int] = set()
        for at in order:
            if size <= aim:
                break
            dropped.add(at)
            size -= len(words[at])
        return "".join(word for at, word in enumerate(words) if at not in dropped)

    def _other_word(self, word: str) -> str:
        if self._chance.random() >= CHANGED or not word.isalpha() or word.isascii():
            return word
        others = self._synonyms.get(word)
        if others and self._chance.random() < 0.8:
            return self._chance.choice(others)
        same_length = self._vocabulary.get(len(word))
        return self._chance.choice(same_length) if same_length else word
