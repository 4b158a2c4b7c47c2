"""What is found in an answer before it goes: each finding with the sentence it is about.

The yardstick is the State Council's opinion on 12345 hotlines (国办发〔2020〕53号: 能解决的尽快解决,
不能解决的做好解释) and what offices are rated by: answered what was asked, a result, a basis, a
time, a contact. A finding advises; it forbids nothing.
"""

import re
from dataclasses import dataclass

from gezhi.methods.answer.findings import evidence
from gezhi.methods.answer.findings.asks import unaddressed
from gezhi.methods.answer.findings.body import Body, body_of
from gezhi.methods.answer.reading import plain, sentences

CODES = (
    "unaddressed_question",
    "no_result",
    "no_basis",
    "no_date",
    "no_contact",
    "empty_courtesy",
    "unfilled_slot",
    "copies_question",
    "pushes_away",
)
# An answer whose own statements are shorter than this (characters) states nothing.
_STATEMENT = 10
# An ask of whose gist the answer holds less than this share is not spoken to; chosen on the
# developing half of the marked pairs.
_SHARE = 0.04
_WORDS = 80
# Runs of this many characters that also stand in the question are taken from it.
_RUN = 6
_COPIED = 1 / 3
_SHORT = 30
_SLOT = re.compile(
    r"【[^】\d]{0,20}】|\{[a-z_]{2,20}\}|_{3,}|（\s*）|\(\s+\)|[Xx×]{2,}(?=[年月日局路号元]|部门|单位|街道|社区|电话)"
    r"|(?<!\d)\s+年\s+月|年\s{1,6}月\s{1,6}日"
)
_QUOTED_RULE = re.compile(r"(?:规定|明确|指出)[：:，]?[“\"'][^”\"']{0,2000}[”\"']")
_LETTERS = re.compile(r"[^\u3400-\u9fffA-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark: its code and the sentence it is about (of the question or of the answer)."""

    code: str
    words: str


def findings_of(question: str, answer: str) -> tuple[Finding, ...]:
    """What there is to say about `answer` to `question`, in the order of `CODES`.

    Empty where nothing is found. Never raises: any text is allowed, of a very long one its
    beginning and end are read.
    """
    body = body_of(answer)
    shown = _main_line(body, answer)
    found: list[Finding] = [
        Finding("unaddressed_question", _cut(words)) for words in _unaddressed(question, body)
    ]
    empty = body.firm < _STATEMENT
    absent = {
        "no_result": empty,
        "no_basis": not evidence.has_basis(body.text),
        "no_date": not evidence.has_date(body.text),
        "no_contact": not evidence.has_contact(plain(answer)),
        "empty_courtesy": empty and not evidence.gives_advice(body.text),
    }
    found += [Finding(code, shown) for code, missing in absent.items() if missing]
    found += [Finding("unfilled_slot", words) for words in _slots(answer)]
    if _copied(question, answer):
        found.append(Finding("copies_question", shown))
    found += [
        Finding("pushes_away", _cut(line)) for line in body.lines if evidence.pushes_away(line)
    ]
    return tuple(found)


def _unaddressed(question: str, body: Body) -> tuple[str, ...]:
    """Every ask where nothing is stated, else those whose gist the answer does not hold."""
    share = 1.1 if body.firm < _STATEMENT else _SHARE
    return tuple(ask.words for ask in unaddressed(question, body.text, share=share))


def _main_line(body: Body, answer: str) -> str:
    """The first sentence that states something, else the first at all."""
    for line in body.lines:
        if any(clause in line for clause in body.substance):
            return _cut(line)
    lines = sentences(plain(answer))
    return _cut(lines[0]) if lines else ""


def _slots(answer: str) -> list[str]:
    lines = plain(answer).split("\n")
    return [_cut(said) for line in lines for said in sentences(line) if _SLOT.search(said)]


def _copied(question: str, answer: str) -> bool:
    """More than a third of the answer stands word for word in the question (rules aside)."""
    text = _LETTERS.sub("", _QUOTED_RULE.sub("", plain(answer)))
    asked = _LETTERS.sub("", plain(question))
    if len(text) < _SHORT or len(asked) < _SHORT:
        return False
    runs = {asked[at : at + _RUN] for at in range(len(asked) - _RUN + 1)}
    places = range(len(text) - _RUN + 1)
    return sum(text[at : at + _RUN] in runs for at in places) > _COPIED * len(places)


def _cut(words: str) -> str:
    return words if len(words) <= _WORDS else words[: _WORDS - 1] + "…"
