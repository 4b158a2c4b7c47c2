"""Where a message lies on the demo street, and of which class it is: by tables and rules.

The files name their places by codes (A3区, K8县); `places.csv` gives each code a community of the
demo street. A compound that is named (丽发新城, 米兰春天小区) is the same compound of the street
each time. `labels.csv` says which classes of ours a label of theirs allows.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

from gezhi.faces.terminal.demo.places import Spot
from gezhi.faces.terminal.demo.real.reading import Message
from gezhi.ground.codes.queries import TermRow
from gezhi.methods.classify import KeywordRules, Keywords
from gezhi.work.cases.actions import Where

_FOLDER: Final = Path(__file__).parent
_CODE: Final = re.compile(r"(?P<city>[A-Z])(?P<area>\d{1,2}[市区县]|市|区)")
_ENDS: Final = (
    "小区|花园|花苑|嘉园|家园|佳园|新城|新村|公寓|山庄|雅苑|名邸|名苑|华庭|豪庭|丽园|锦园|"
    "花城|春天|国际城|滨河苑|安置区|苑"
)
_NAMED: Final = re.compile(rf"[\u4e00-\u9fff]{{2,5}}?(?:{_ENDS})")
# What stands before a name in a sentence and is none of it.
_BEFORE: Final = re.compile(
    r"^.*(?:[的在位于关反映投诉咨询请问对我是住了将把被为向与和及从到]|街道|大道|路|镇|社区)"
)
_WORDS_LENGTH: Final = 60
# Where no rule says anything.
_UNKNOWN_CLASS: Final = "service-99"


@cache
def _communities() -> Mapping[str, str]:
    with (_FOLDER / "places.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["community"] for row in csv.DictReader(file)}


def community_of(message: Message) -> str:
    """The community (the last three digits of its code) of the first coded place; "" where none is
    named, or the whole city A alone."""
    found = [*_CODE.finditer(message.subject), *_CODE.finditer(message.detail)]
    table = _communities()
    exact = [table[one.group()] for one in found if one.group() in table]
    wide = [table[one["city"]] for one in found if one["city"] in table]
    return next(iter(exact or wide), "")


def compound_named(message: Message) -> str:
    """The compound a message names first, as 丽发新城; "" where it names none."""
    for text in (message.subject, message.detail[:400]):
        for one in _NAMED.finditer(_CODE.sub("，", text)):
            name = _BEFORE.sub("", one.group())
            if len(name) > len(_end_of(name)) + 1:
                return name
    return ""


def _end_of(name: str) -> str:
    found = re.search(rf"(?:{_ENDS})$", name)
    return found.group() if found else ""


class Places:
    """The compounds of the demo street, each of which stands for the named ones that fall to it."""

    def __init__(
        self,
        compounds: Sequence[Spot],
        areas: Mapping[str, int],
    ) -> None:
        """`areas` holds the id of each community by the last three digits of its code."""
        self._areas = areas
        self._all = list(compounds)

    def where(self, message: Message) -> Where:
        """The place of a message: the compound that stands for a named one, else the community."""
        community, name = community_of(message), compound_named(message)
        words = _words(message, name)
        if name:
            # Whatever else a message says of where it is: a name is one place.
            spot = self._all[_number(name) % len(self._all)]
            return Where(
                longitude=spot.longitude,
                latitude=spot.latitude,
                place_id=spot.place_id,
                words=words,
            )
        return Where(words=words, words_only=True, area_id=self._areas.get(community))


def _words(message: Message, name: str) -> str:
    """The place as the message itself has it: the code, then the name."""
    found = _CODE.search(message.subject) or _CODE.search(message.detail)
    return f"{found.group() if found else ''}{name}"[:_WORDS_LENGTH]


def _number(name: str) -> int:
    """The same number for the same name on every machine."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big")


class Classes:
    """The class a clerk would choose: by the keywords of the pack, among those the label allows."""

    def __init__(self, classes: Iterable[TermRow], kinds: Iterable[TermRow]) -> None:
        classes = list(classes)
        parents = {row.parent_code for row in classes}
        narrow = [row for row in classes if row.code not in parents]
        self._all = _rules(narrow)
        self._kinds = _rules(kinds)
        self._by_label: dict[str, tuple[KeywordRules, str]] = {}
        with (_FOLDER / "labels.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                beginnings = tuple(row["classes"].split())
                allowed = [term for term in narrow if term.code.startswith(beginnings)]
                self._by_label[row["label"]] = (_rules(allowed), row["otherwise"])

    def class_of(self, message: Message) -> str:
        """The class; where an official reply tells more of the case, it is read too."""
        rules, otherwise = self._by_label.get(message.label, (self._all, _UNKNOWN_CLASS))
        found = rules.predict([(message.subject, f"{message.detail}\n{message.reply}")])[0]
        return otherwise if found.abstained else found.label

    def kind_of(self, message: Message) -> str:
        """The kind of request; whoever asks for nothing else asks for help."""
        found = self._kinds.predict([(message.subject, message.detail)])[0]
        return "help" if found.abstained else found.label


def _rules(rows: Iterable[TermRow]) -> KeywordRules:
    return KeywordRules(
        [
            Keywords(row.code, row.name, tuple(str(row.data.get("keywords") or "").split()))
            for row in rows
        ]
    )
