"""What an answer says once greetings, receipts, thanks and signatures are taken away."""

import re
from dataclasses import dataclass

from gezhi.methods.answer.reading import plain, sentences

# Bounded, so that a text without any mark costs no more than one with marks.
_CLAUSE = re.compile(r"[^，,。！？!?；;：:\n]{1,160}")
_FULL_DATE = r"(?:\d{4}|[二〇○零一二三四五六七八九]{4})[年./-]\s*[\d一二三四五六七八九十]{1,3}[月./-]\s*[\d一二三四五六七八九十]{1,3}日?"
# A date that stands alone at the end, or before the next letter's greeting, signs the letter.
_SIGNATURE = re.compile(
    rf"(?:(?<=[。！!？?；;\s])|(?<=[局委办处府会院站校司队心]))\s*{_FULL_DATE}\s*"
    r"(?=$|\n|网友|[“\"']|亲爱|尊敬|您好|您的|你好|你的|特此)"
)
_LAST_DATE = re.compile(rf"{_FULL_DATE}\s*$")
# "已于…转交", "…日已将您反映的问题转…": when a letter was passed on is no date of its gist.
_PASSED_ON = re.compile(
    r"[^。！!？?；;\n]{0,60}(?:转交|转至|已转|转[^，。]{0,12}(?:办理|核实|处理|核查|调查|答复|办复)|转达)"
    r"[^。！!？?；;\n]{0,40}[。！!？?；;\n]?"
)
_COURTESY = re.compile(
    r"您好|你好|您们好|收悉|已收到|获悉|来信收|留言已|已阅|感谢|谢谢|祝您|祝你|敬请|致谢|歉意|谅解|见谅"
    r"|理解[与和、]支持|支持[与和、]|关注.{0,4}(?:支持|关心)|关心.{0,4}(?:支持|监督)|一如既往|宝贵(?:意见|建议)"
    r"|(?:回复|答复|汇报|说明|解答|解释)如下|特此(?:回复|答复)|高度重视|^(?:尊敬的)?(?:各位)?(?:网友|网民|来信同志|市民)"
    r"|给您带来|多提|热忱|为您服务|欢迎.{0,12}(?:监督|意见)|反映的.{0,40}(?:问题|情况|帖文?|留言)$|^关于"
)
_PASSING = re.compile(
    r"转交|转至|转有关|转相关|已转|转由|转[^，。]{0,16}(?:办理|核实|处理|核查|调查|答复|办复)"
    r"|交相关单位|(?:留意|关注|等待|后续).{0,6}(?:回复|答复)|上报(?:上级|给)|如实上报|向上级.{0,8}反映"
)
_PROMISE = re.compile(
    r"(?:将|会|要)(?:进一步|继续|认真|尽快|及时|努力|积极|严格|全力|适时|高度|更加)"
    r"|将.{0,6}(?:加强|加大|督促|核实|研究|反馈|协调|考虑|落实|予以|尽)|愿意尽|尽一切努力|依法(?:予以)?.{0,6}(?:处理|落实|解决)"
    r"|(?:待|如).{0,16}(?:后|政策).{0,10}(?:回复|答复|公布|告知)|及时(?:回复|反馈|公布|向社会)|尽快.{0,8}(?:回复|答复|处理|解决)"
    r"|认真(?:梳理|核实|研究|考虑|对待|处理)|争取|充分(?:论证|研究|考虑)|相信|力争|督促.{0,20}(?:落实|处理|整改)"
)
_REFERRAL = re.compile(
    r"拨打|致电|来电|咨询|(?:请|建议|可|可以|欢迎|直接|前往)[^，。]{0,24}(?:联系|反映|了解|查询|提出|提供|投诉|举报|寻求|登录)"
    r"|(?:若|如果|如有|如您|倘若)|(?:无法|不能|未能)(?:进行)?(?:调查|核实|联系|办理|答复|查看)|反映具体"
    r"|(?:无|未|没有)[^，。]{0,8}(?:联系方式|证据|线索|电话)|联系(?:电话|方式|人)|电话[：:]|<TEL>|热线"
)
_FILLER = re.compile(
    rf"“?UU\d+”?|{_FULL_DATE}|<TEL>|\[政府发文\]|[^\u3400-\u9fffA-Za-z0-9]|^[\d一二三四五六七八九十]+[、.．]"
)


@dataclass(frozen=True, slots=True)
class Body:
    """An answer taken apart.

    `text` is without signatures and notes of passing on; `lines` are its sentences; `substance`
    are the clauses that are no courtesy, passing on, promise or referral; `firm` is how many
    characters those hold, `soft` how many promises and referrals hold.
    """

    text: str
    lines: tuple[str, ...]
    substance: tuple[str, ...]
    firm: int
    soft: int


def body_of(answer: str) -> Body:
    """Take an answer apart. Any text is allowed, an empty one gives an empty body."""
    text = plain(answer)
    text = _LAST_DATE.sub("", _SIGNATURE.sub("。", text))
    kept = _PASSED_ON.sub("", text)
    substance: list[str] = []
    soft = 0
    for clause in _CLAUSE.findall(kept):
        size = len(_FILLER.sub("", clause))
        if not size or _COURTESY.search(clause) or _PASSING.search(clause):
            continue
        if _PROMISE.search(clause) or _REFERRAL.search(clause):
            soft += size
        else:
            substance.append(clause.strip())
    firm = sum(len(_FILLER.sub("", clause)) for clause in substance)
    return Body(kept, tuple(sentences(kept)), tuple(substance), firm, soft)
