"""What a message asks for, and whether an answer speaks to it."""

import re
from dataclasses import dataclass

from gezhi.methods.answer.reading import plain, sentences

_QUESTION = re.compile(
    r"[？?]|吗|呢(?:$|[，。！!])|是否|能否|可否|能不能|可不可以|有没有|是不是|为何|为什么|为啥|何时|何处|什么时候|多久|多少"
    r"|怎么(?:办|样|处理|申请|解决|算|办理|报)|如何|哪里|哪个|哪些|想(?:问|咨询|了解|知道)|请问|请教|咨询"
)
_REQUEST = re.compile(
    r"希望|请求|恳请|肯请|恳求|强烈要求|建议|盼望?|望(?:政府|领导|有关|相关|能|尽快|县|市|区)|要求"
    r"|请(?:领导|政府|有关|相关|上级|问|求|帮|县|市|区)|求(?:助|解决)|能(?:够)?(?:尽快|早日)"
)
# Cries, not questions: nobody waits for their answer.
_CRY = re.compile(r"何在|天理|难道|良心|还有没有王法|谁来管|怎么活|情何以堪|可想而知|凭良心")
_WISH = re.compile(r"盼(?:复|回复)|望(?:回复|答复|重视)|谢谢|感谢|此致|敬礼|祝")
_WHEN = re.compile(r"何时|什么时候|多久|哪天|几号|时间(?:节点|表)|几时|啥时")
_TIME = re.compile(
    r"\d+\s*(?:年|月|日|号|天|个工作日|周)|[一二三四五六七八九十]+(?:年|月|天)|年底|年内|明年|今年|月底|下周|近期|待.{2,30}后|尽快|暂(?:无|未|缓)|正在|已"
)
# Function characters and office talk carry nothing an answer could speak to.
_EMPTY = frozenset(
    "的了是我们你您他她它在有和就不都也为这那到与及等被把让给请吗呢吧啊一个些所以而且但又很太更最还会能可要想说过着么什怎如何哪谁之其于从对由向上下中里没无"
)
_PHRASES = re.compile(
    r"希望|请求|恳请|建议|咨询|请问|领导|政府|部门|相关|有关|尊敬|解决|问题|尽快|是否|能否|为什么|什么|反映|关于|回复|谢谢|情况|单位|处理|进行"
)
_MOST = 24
_RUN = re.compile(r"[㐀-鿿A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked: its sentence, and whether it asks for a time."""

    words: str
    when: bool
    question: bool


def asks_of(message: str) -> tuple[Ask, ...]:
    """The questions and requests of a message in order, each once, at most 24.

    A message that asks nothing in words (a plain complaint) has one: its first sentence.
    """
    lines = sentences(plain(message, 6_000))
    found: dict[str, Ask] = {}
    for line in lines:
        if len(line) < 5 or _CRY.search(line):
            continue
        question = bool(_QUESTION.search(line))
        if not question and not _REQUEST.search(line):
            continue
        if len(_PHRASES.sub("", _WISH.sub("", line))) < 5:
            continue
        found.setdefault(line, Ask(line, bool(_WHEN.search(line)), question))
    if not found and lines:
        found[lines[0]] = Ask(lines[0], False, False)
    return tuple(found.values())[:_MOST]


def content(text: str) -> frozenset[str]:
    """The pairs of characters of a text that carry matter."""
    kept = _PHRASES.sub("，", text)
    found = set()
    for run in _RUN.findall(kept):
        for at in range(len(run) - 1):
            pair = run[at : at + 2]
            if not _EMPTY.intersection(pair):
                found.add(pair)
    return frozenset(found)


def unaddressed(message: str, answer: str, *, share: float) -> tuple[Ask, ...]:
    """The asks of `message` of whose matter the answer holds less than `share`.

    An ask for a time is also not addressed where the answer names no time at all. Asks that share
    their matter with most of the message are judged by it as a whole.
    """
    said = content(answer)
    timed = bool(_TIME.search(answer))
    missing = []
    for ask in asks_of(message):
        matter = content(ask.words)
        if len(matter) < 2:
            continue
        if len(matter & said) < share * len(matter) or (ask.when and not timed):
            missing.append(ask)
    return tuple(missing)
