"""A draft from like closed cases: what is a rule is carried over, what is a fact is a slot.

After case-based reasoning (Aamodt and Plaza 1994: retrieve, reuse, revise): reuse is by sentence,
and revision is left to a person. Nothing is invented: every sentence is fixed wording of this
file, the asker's own words, or a sentence of a source that is named.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from gezhi.methods.answer.facts import (
    WORDS,
    Slot,
    belongs_to_a_case,
    masked,
    slot,
    too_rare,
)
from gezhi.methods.answer.findings.asks import asks_of, content
from gezhi.methods.answer.reading import plain, sentences
from gezhi.methods.answer.shelf import Found

# A source less like the question than this is not drawn on (shelf scores, see docs).
ENOUGH = 0.05
_MOST_SENTENCES = 4
_MOST_ASKS = 5
_ASK_LENGTH = 60
_LENGTHS = (14, 260)
# Pairs of gist a sentence has to share with the question, and their share of its own.
_SHARED = 3
_SHARED_PART = 0.1
# More kinds of facts than this in one sentence tell of a case, not of a rule.
_MOST_FACTS = 1
# Two sentences that share more than this of their gist say the same.
_SAME = 0.6
# A sentence of which more than this share is hardly held by any other answer stays behind.
_RARE = 0.5
# An article without its law ("第十五条规定") is not strong: nobody knows whose article it is.
_STRONG = re.compile(
    r"《[^《》]{0,60}(?:法|条例|规定|办法|细则|通知|意见|标准|规范|规程|方案|政策)[^《》]{0,20}》"
    r"|[〔\[（(]\d{4}[〕\]）)]\d{1,5}号"
)
_RULE = re.compile(
    r"应当|应|须|可以|可向|可到|可凭|不得|凭|携带|持|申请|办理|提供|条件|标准|范围|流程|材料|登记|审核|期限|享受|缴纳|补贴|年满|符合|规定|按照|根据|依法|负责|资格|有权"
)
_SIGNED = re.compile(r"感谢|谢谢|祝您|特此|收悉|回复|答复|网$")


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: its text with slots as 【…】, the slots in order, the sources drawn on."""

    text: str
    slots: tuple[Slot, ...]
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Passage:
    text: str
    slots: tuple[Slot, ...]
    source: int
    weight: float
    gist: frozenset[str]


def draft(question: str, found: Sequence[Found]) -> Draft:
    """A draft answer to `question` from the sources `found` on a shelf.

    Greets, repeats each ask, leaves the result, date and contact as slots, and carries over at
    most four sentences that state a rule, with their facts as slots. Where nothing is like
    enough, or nothing in it is a rule, the draft is such a skeleton with slots only and names no
    source. Sources found without a shelf (`rare` is `None`) give only sentences that cite a law
    or document. Never raises on any text.
    """
    passages = _chosen(question, found)
    lines = ["您好！您反映的【什么事】我们收到了，现在答复如下。"]
    slots = [slot("matter")]
    lines += _answers(question, slots)
    if passages:
        lines.append("有关规定是：" + "".join(passage.text for passage in passages))
        slots += [gap for passage in passages for gap in passage.slots]
    else:
        lines.append("依据是【依据】。")
        slots.append(slot("basis"))
    lines.append("办理时间是【日期】。还有不明白的，请联系【承办单位】，电话【联系电话】。")
    slots += [slot(key) for key in ("date", "unit", "contact")]
    sources = tuple(dict.fromkeys(passage.source for passage in passages))
    return Draft("\n".join(lines), tuple(dict.fromkeys(slots)), sources)


def _answers(question: str, slots: list[Slot]) -> list[str]:
    """A line for each ask with its own place for an answer."""
    result = f"【{WORDS['result']}】"
    slots.append(slot("result"))
    asks = [ask for ask in asks_of(question) if ask.explicit][:_MOST_ASKS]
    if not asks:
        return [f"经办理，结果是：{result}。"]
    lines = []
    for number, ask in enumerate(asks, start=1):
        words, gaps = masked(ask.words.strip(" \n。；;，,"))
        slots += gaps
        short = words if len(words) <= _ASK_LENGTH else _cut(words)
        lines.append(f"{number}. 您说“{short}”：{result}。")
    return lines


def _cut(words: str) -> str:
    """The beginning, ended before a slot would be torn."""
    begun = words[: _ASK_LENGTH - 1]
    opened = begun.rfind("【")
    return (begun[:opened] if opened > begun.rfind("】") else begun) + "…"


def _chosen(question: str, found: Sequence[Found]) -> list[_Passage]:
    gist = content(plain(question, 3_000))
    near = [item for item in found if item.score >= ENOUGH]
    every = [passage for item in near for passage in _passages(item, gist)]
    every.sort(key=lambda passage: -passage.weight)
    chosen: list[_Passage] = []
    for passage in every:
        if all(_apart(passage, other) for other in chosen):
            chosen.append(passage)
        if len(chosen) == _MOST_SENTENCES:
            break
    return chosen


def _apart(one: _Passage, other: _Passage) -> bool:
    least = min(len(one.gist), len(other.gist))
    return len(one.gist & other.gist) <= _SAME * least


def _passages(item: Found, gist: frozenset[str]) -> list[_Passage]:
    """The sentences of a source that state a rule on the gist, facts masked."""
    # The spans of `rare` are places in this plain text.
    answer = plain(item.source.answer)
    passages = []
    after = 0
    for sentence in sentences(answer):
        start = max(0, answer.find(sentence, after))
        after = start + len(sentence)
        weight = _weight(sentence, gist, item)
        if weight <= 0:
            continue
        if item.rare is not None and too_rare(sentence, start, item.rare, _RARE):
            continue
        text, slots = masked(_ended(sentence))
        passages.append(_Passage(text, slots, item.source.id, weight, content(sentence)))
    return passages


def _ended(sentence: str) -> str:
    whole = re.sub(r"^[\s\d一二三四五六七八九十]{0,3}[、.．)）]\s*", "", sentence).rstrip(" ；;")
    return whole if whole.endswith(("。", "！", "？", "!", "?", "”")) else whole + "。"


def _weight(sentence: str, gist: frozenset[str], item: Found) -> float:
    """How much a sentence deserves to be carried over; 0 where it must not be."""
    strong = bool(_STRONG.search(sentence))
    if not _LENGTHS[0] <= len(sentence) <= _LENGTHS[1] or _SIGNED.search(sentence):
        return 0.0
    if belongs_to_a_case(sentence) or (item.rare is None and not strong):
        return 0.0
    cues = len(set(_RULE.findall(sentence)))
    own = content(_RULE.sub("，", sentence))
    shared = len(own & gist)
    if shared < max(_SHARED, _SHARED_PART * len(own)):
        return 0.0
    facts = {gap.key for gap in masked(sentence)[1]} - {"place"}
    if len(facts) > _MOST_FACTS or (not strong and (cues < 3 or facts)):
        return 0.0
    likeness = math.sqrt(item.score) * shared / (len(own) + 8.0)
    return likeness * (1.0 + 0.5 * strong + 0.1 * min(cues, 4))
