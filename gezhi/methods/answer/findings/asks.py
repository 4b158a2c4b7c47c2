"""What a message asks for, and whether an answer speaks to it."""

import re
from dataclasses import dataclass

from gezhi.methods.answer.reading import plain, sentences

_QUESTION = re.compile(
    r"[？?]|吗|呢(?:$|[，。！!])|是否|能否|可否|能不能|可不可以|有没有|是不是|为何|为什么|为啥|何时|何处|什么时候|多久|多少"
    r"|怎么(?:办|样|处理|申请|解决|算|办理|报)|如何|哪里|哪个|哪些|想(?:问|咨询|了解|知道)|请问|请教|咨询"
)
_REQUEST = re.compile(
    r"希望|请求|恳请|肯请|恳求|强烈要求|建议|盼望|望(?:政府|领导|有关|相关|能|尽快|县|市|区)|(?:强烈|特此|现|我们|本人)要求(?!.{0,4}其)"
    r"|请(?:领导|政府|有关|相关|上级|问|求|帮|县|市|区)|求(?:助|解决)|能(?:够)?(?:尽快|早日)"
)
# Cries, not questions: nobody waits for their answer.
_CRY = re.compile(
    r"何在|在哪里|天理|难道|良心|王法|怎么活|情何以堪|可想而知|不可以吗|不重要吗|何用|何苦|又如何|建议您|为民|人民服务"
    r"|不问不管|不管不|不作为|不去处理|没人管|猫腻|官官相护|打水漂|体会|是何|心何忍|何忍|同意用|反映，请求|凭什么"
)
# Wishes that have no gist: to be heard, answered, helped.
_WISH = re.compile(
    r"盼(?:复|回复)|回复|答复|重视|谢谢|感谢|此致|敬礼|祝|百忙|做主|主持公道|采纳|酌情|体察|民情|实地|考察|关注|关心|帮助|帮忙|老百姓|群众|广大|我们|合理|说法|交代|交待|满意|督促"
)
_WHEN = re.compile(r"何时|什么时候|多久|哪天|几号|时间(?:节点|表)|几时|啥时")
_TIME = re.compile(
    r"\d\s?(?:年|月|日|号|天|个工作日|周)|[一二三四五六七八九十](?:年|月|天)|年底|年内|明年|今年|月底|下周|近期|待.{2,30}后|尽快|暂(?:无|未|缓)|正在|已"
)
# Function characters and office talk carry nothing an answer could speak to.
_EMPTY = frozenset(
    "的了是我们你您他她它在有和就不都也为这那到与及等被把让给请吗呢吧啊一个些所以而且但又很太更最还会能可要想说过着么什怎如何哪谁之其于从对由向上下中里没无"
)
_PHRASES = re.compile(
    r"希望|请求|恳请|建议|咨询|请问|领导|政府|部门|相关|有关|尊敬|解决|问题|尽快|是否|能否|为什么|什么|反映|关于|回复|谢谢|情况|单位|处理|进行"
)
_MOST = 24
# An ask with fewer pairs of its own is about nothing in particular.
_LEAST = 3
_CLAUSE = re.compile(r"[^，,：:]+[，,：:]?")
_NUMBERED = re.compile(
    r"(?<!\d)[1-9一二三四五六七八九][、.．](?!\d)|[（(][1-9一二三四五六七八九][)）]|[①-⑨]"
)
_RUN = re.compile(r"[㐀-鿿A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked: its clauses, whether it asks for a time, and whether it asks in words."""

    words: str
    when: bool
    explicit: bool


def asks_of(message: str) -> tuple[Ask, ...]:
    """The questions and requests of a message in order, each once, at most 24.

    A message that asks nothing in words (a plain complaint) has one: its first sentence.
    """
    lines = sentences(_NUMBERED.sub("。", plain(message, 6_000)))
    found: dict[str, Ask] = {}
    # The first line is the subject: it names the topic, the asks are in what follows.
    for line in lines[1:] or lines:
        core = _core(line)
        if core and not _CRY.search(line) and len(content(_WISH.sub("，", core))) >= _LEAST:
            found.setdefault(core, Ask(core, bool(_WHEN.search(core)), True))
    if not found and lines:
        found[lines[0]] = Ask(lines[0], False, False)
    return tuple(found.values())[:_MOST]


def _core(line: str) -> str:
    """The clauses of a sentence that ask, with the one before: the rest tells the story."""
    clauses = _CLAUSE.findall(line)
    asking = [
        at
        for at, clause in enumerate(clauses)
        if _QUESTION.search(clause) or _REQUEST.search(clause)
    ]
    if not asking:
        return ""
    first, last = max(0, asking[0] - 1), asking[-1] + 1
    return "".join(clauses[first : last + 1]).strip()


def content(text: str) -> frozenset[str]:
    """The pairs of characters of a text that carry the gist."""
    kept = _PHRASES.sub("，", text)
    found = set()
    for run in _RUN.findall(kept):
        for at in range(len(run) - 1):
            pair = run[at : at + 2]
            if not _EMPTY.intersection(pair):
                found.add(pair)
    return frozenset(found)


def unaddressed(message: str, answer: str, *, share: float) -> tuple[Ask, ...]:
    """The asks of `message` of whose gist the answer holds less than `share`.

    An ask for a time is addressed by any time the answer names, and by nothing else. A plain
    complaint asks nothing in particular: whatever is stated speaks to it.
    """
    said = content(answer)
    timed = bool(_TIME.search(answer))
    missing = []
    for ask in asks_of(message):
        gist = content(_WISH.sub("，", ask.words)) or content(ask.words)
        if not gist:
            continue
        held = len(gist & said) / len(gist)
        if share <= 1 and not ask.explicit:
            continue
        if (not timed) if ask.when else held < share:
            missing.append(ask)
    return tuple(missing)
