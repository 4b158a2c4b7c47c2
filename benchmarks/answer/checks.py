"""The check against verdicts marked by reading, beside a plain rule of lengths and keywords.

`marked.csv` holds 140 pairs drawn at random and marked for every code before the check was
written, the first half for developing, the second held out. `marked_rare.csv` holds pairs picked
by wide patterns for three codes a random sample hardly holds; it measures only among those.
"""

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.answer.replies import HERE, Pair
from gezhi.methods.answer import CODES, findings_of

Judge = Callable[[str, str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts for one code: right alarms, false alarms, missed."""

    right: int
    false: int
    missed: int

    @property
    def precision(self) -> float | None:
        """Share of alarms that are right; nothing where there was no alarm."""
        return self.right / (self.right + self.false) if self.right + self.false else None

    @property
    def recall(self) -> float | None:
        """Share of faults that were found; nothing where there are no faults."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def score(self) -> float | None:
        """F1; nothing where there are no faults."""
        if not self.right + self.missed:
            return None
        return 2 * self.right / (2 * self.right + self.false + self.missed)


def ours(question: str, answer: str) -> frozenset[str]:
    """The codes the check finds."""
    return frozenset(finding.code for finding in findings_of(question, answer))


def plain(question: str, answer: str) -> frozenset[str]:
    """What a rule of lengths and keywords says; the baseline."""
    text = re.sub(r"\s+", "", answer)
    found = set()
    if len(text) < 60:
        found |= {"no_result", "empty_courtesy", "unaddressed_question"}
    if question.count("？") + question.count("?") > 1 and len(text) < 200:
        found.add("unaddressed_question")
    if not re.search(r"《|根据|规定|文件|调查|核实", text):
        found.add("no_basis")
    if not re.search(r"\d+[年月日]", text):
        found.add("no_date")
    if not re.search(r"\d{7,}|<TEL>|电话|联系", text):
        found.add("no_contact")
    if re.search(r"【|XX", text):
        found.add("unfilled_slot")
    if re.search(r"不属于|不归", text):
        found.add("pushes_away")
    if len(text) > 30 and re.sub(r"\s+", "", question)[:30] in text:
        found.add("copies_question")
    return frozenset(found)


def _tally(truth: list[bool], said: list[bool]) -> Tally:
    both = list(zip(truth, said, strict=True))
    return Tally(
        sum(t and s for t, s in both),
        sum(s and not t for t, s in both),
        sum(t and not s for t, s in both),
    )


def marked(pairs: Mapping[int, Pair], part: str, judge: Judge) -> dict[str, Tally]:
    """A tally per code on the part `develop` or `held`, or on both for an empty `part`."""
    with (HERE / "marked.csv").open(encoding="utf-8") as stream:
        lines = [row for row in csv.DictReader(stream) if part in ("", row["part"])]
    truth = [frozenset(row["codes"].split()) for row in lines]
    found = [judge(pairs[int(r["number"])].message, pairs[int(r["number"])].answer) for r in lines]
    return {
        code: _tally([code in codes for codes in truth], [code in codes for codes in found])
        for code in CODES
    }


def rare(pairs: Mapping[int, Pair], judge: Judge) -> dict[str, Tally]:
    """A tally for each code of `marked_rare.csv`."""
    with (HERE / "marked_rare.csv").open(encoding="utf-8") as stream:
        lines = list(csv.DictReader(stream))
    tallies = {}
    for code in sorted({row["code"] for row in lines}):
        mine = [row for row in lines if row["code"] == code]
        said = [
            code in judge(pairs[int(r["number"])].message, pairs[int(r["number"])].answer)
            for r in mine
        ]
        tallies[code] = _tally([row["verdict"] == "yes" for row in mine], said)
    return tallies
