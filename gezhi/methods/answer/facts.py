"""Facts of one case inside a sentence: turned into slots, or the sentence is left behind.

Nothing of another person's case may travel into a draft. Two nets, one behind the other: words
and shapes that only a case has (names, numbers, findings), and rarity — what hardly any other
answer holds is taken for a case's own (the thought of k-anonymity, Sweeney 2002, with k = 4).
"""

import re
from dataclasses import dataclass

# What a slot is called in the text; the keys are those of packs/answers/slots.csv where it has one.
WORDS = {
    "matter": "什么事",
    "result": "处理结果",
    "basis": "依据",
    "date": "日期",
    "due": "最晚时间",
    "unit": "承办单位",
    "contact": "联系电话",
    "place": "地点",
    "amount": "金额",
    "count": "数量",
}
_GENERIC = (
    "全|我|本|该|各|城|市|县|辖|校|小|社|园|片|乡|农|行政|其他|所在|户籍|居住|统筹|参保|当|上述|外|异|省|州|学|新|老"
    "|国家|中|地级|设区的|道|公|铁|线|一|二|三|四|五|两|多|有|无|在|由|到|向|经|和|与|及|或|的|级|、|区|镇|是|为|非"
)
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "contact",
        re.compile(
            r"<TEL>|(?<!\d)(?:0\d{2,3}[-—－\s]{0,3})?[2-8]\d{6,7}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)"
        ),
    ),
    (
        "date",
        re.compile(
            r"(?:(?:19|20)\d{2}|[二〇○零一三四五六七八九]{4})年(?:度|\d{1,2}月(?:\d{1,2}日|份|底|初)?|底|初|春季|秋季)?"
            r"|(?<!\d)\d{1,2}月(?:\d{1,2}日|份|底|初|上旬|中旬|下旬)|今年|去年|前年|明年|本学期|本月|上周|下周|当日"
        ),
    ),
    (
        "amount",
        re.compile(
            r"(?<!\d)\d[\d,.]{0,12}\s?(?:万|亿|千)?元|(?<!\d)\d[\d.]{0,6}\s?(?:%|％|个百分点)"
        ),
    ),
    (
        "count",
        re.compile(
            r"(?<!\d)\d[\d,.]{0,9}\s?(?:余|多)?(?:户|人|名|台|辆|栋|米|平方米|㎡|公里|千米|家|间|套|亩|吨|分贝|平米|km|所|处|盏|个(?!工作日|月|小时))"
        ),
    ),
    (
        "place",
        re.compile(
            r"[A-Z]\d{0,2}(?:市|县|区)"
            r"|(?<!第)(?<!\d)\d{1,4}\s?(?:栋|幢|座|单元|室|号楼|号(?!文|令|公告|通知|规定|线))(?:[-－]?\d{1,4}(?:室|号|单元)?)*"
            rf"|(?<![一-龥])(?!{_GENERIC})[一-龥]{{2,3}}(?:市|县|区|镇|乡|村|路|大道)(?![一-龥]?[管政级容民域道])"
        ),
    ),
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
    "任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
# A surname that is hardly a word, before characters that are common in given names: a name even
# where many people bear it. "许可" and "周边" are none.
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红鹏辉斌浩宇飞凯健俊峰琳雪梅莉洁慧婷倩颖佳欣怡晨阳波宁建国庆志文"
    "海龙云春秀珍凤淑琴素莲金福德仁义忠良贵生祥林森荣光东亮武松柏冬瑞琪瑶雅思晓小少大永长立新成学友世家子美香菊翠巧"
)
_NAME = re.compile(
    "[王李张刘陈杨赵黄吴徐孙胡朱郭罗梁宋郑谢韩唐冯董萧曹袁邓傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎潘杜戴夏钟汪姜范姚谭廖邹熊"
    f"陆郝孔崔毛邱秦侯邵孟雷钱汤尹黎乔贺赖龚][{_GIVEN}]"
)
# A person, a plate, an identity number, a net name: such a sentence stays behind whole.
_PERSON = re.compile(
    rf"[{_SURNAMES}](?:某|\*|XX|xx|××|[一-龥]{{1,2}}(?:同志|先生|女士|书记|主任|镇长|局长|经理|老师|医生|校长|队长|科长|所长|村民|居民))"
    r"|某某|先生|女士|同志|UU\d|网友|网民|信访人|投诉人|当事人|法人代表|联系人|户主|\d{15,}|[京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新楚][A-Za-z][A-Za-z\d]{4,}"
    r"|\*{2,}|身份证号[码：:]"
)
# A finding or a deed of that case.
_CASE = re.compile(
    r"经(?:查|核|调查|现场|了解|与|我|初步|走访|询问|检)|现场|实地|我[局镇办司院校队委厅处中]|我们|我乡|我街道|您|你|贵|该(?!办法|规定|条例|通知|法|文件|政策|证)|此(?:路|处|地|次|事)"
    r"|目前|现已|已(?:于|经|完成|责令|将|对|向|安排|建|下达|转|拆)|正在|责令|据(?:查|了解|悉|调)|执法(?:人员|大队)|工作人员|属实|来信|反映|投诉|诉求|帖|如下|上述|综上"
    r"|近期|下一步|拟|计划(?!生育)|预计|竣工|项目(?:部|方|业主|位于)|有限公司|小区(?:内|的|业主)|业主(?:们|方)|学校(?:已|于|现)|后经|今后|往年|材料齐全|将严格|确保|^[\[（(]?[附注]|鉴定为|认定为|为何|没有提高|制定的[。；]|会议(?:决定|研究)|高度重视|召开|截至|截止"
)
_QUOTED = re.compile(r"《[^《》]{0,80}》|[〔\[（(]\d{4}[〕\]）)]\d{1,5}号")
_CASE_PAPER = re.compile(
    r"《[^《》]{0,80}(?:合同|协议|请示|通知书|决定书|告知书|承诺书|判决|函|批复|纪要|名单|申请表?|许可证)》"
)


# A named house, school, firm or water; the words before it that name none are below.
_NAMED = re.compile(
    r"([一-龥]{2})(?:街道|社区|小区|(?<![农乡本各全政然与和及])村|中学|小学|学校|医院|幼儿园|花园|山庄|庭院|公园|大厦|市场|广场|公司|水库|河|湖|路|大道|片区|校区|站|项目)"
)
_UNNAMED = re.compile(
    r"配套|阶段|按照|安置|中医|保障|公办|民办|所属|新建|居住|住宅|城镇|农村|义务"
    r"|普通|定点|医疗|协议|建设|城市|公立|基层|供水|供电|物业|有限|发展|服务"
    r"|燃气|管理|公交|电力|来水|开发|保险|代理|集团|专业|本科|职业|高等|中等"
    r"|特殊|县级|市级|省级|三级|二级|一级|转诊|农贸|集贸|批发|旅游|劳动|人才"
    r"|房产|地产|消费|农民|行政|自然|乡镇|周边|道路|公共|停车|建筑|工程|培训"
    r"|教育|其他|任何|各级|以及|所在|户籍|投资|改造|完全|初级|高级|寄宿|技工"
    r"|经营|运输|出租|客运|汽车|加油|充电|施工|申报|审批|收费|申请|验收|限额"
    r"|扶贫"
)
# What was done once ("进行了", "已足额") is a finding, a rule speaks without it.
_DONE = re.compile(
    r"(?<![为除加])了(?!解)|已(?!婚|满|有|参|缴|建档|取得|购|经取得)|原址|足额|一如既往|的问题[。；]?$"
)
_PAIRS = ("《》", "“”", "（）")


@dataclass(frozen=True, slots=True)
class Slot:
    """A gap a person fills: its key, and the words between 【 and 】 in the text."""

    key: str
    words: str


def slot(key: str) -> Slot:
    """The slot of a key."""
    return Slot(key, WORDS[key])


def belongs_to_a_case(sentence: str) -> bool:
    """The sentence tells of a person, a named place or a finding, and must not travel.

    So does one that is torn (a bracket or quotation without its other half).
    """
    if any(_torn(sentence, pair) for pair in _PAIRS):
        return True
    if _PERSON.search(sentence) or _CASE.search(sentence) or _CASE_PAPER.search(sentence):
        return True
    told = _QUOTED.sub("，", sentence)
    return bool(_DONE.search(told) or _NAME.search(told)) or any(
        not _UNNAMED.fullmatch(before) for before in _NAMED.findall(told)
    )


def _torn(sentence: str, pair: str) -> bool:
    opened, closed = pair[0], pair[1]
    if sentence.count(opened) != sentence.count(closed):
        return True
    return sentence.find(closed) < sentence.find(opened)


def too_rare(sentence: str, start: int, rare: tuple[tuple[int, int], ...], most: float) -> bool:
    """More than the share `most` of the sentence is what hardly any other answer holds.

    `start` is where the sentence begins in its answer. Titles of documents are left out of the
    count. A short rare span that begins with a surname, or stands behind one, is a name until
    shown otherwise.
    """
    public = [(m.start() + start, m.end() + start) for m in _QUOTED.finditer(sentence)]
    end = start + len(sentence)
    covered = 0
    for first, last in rare:
        first, last = max(first, start), min(last, end)
        if first >= last or any(a <= first and last <= b for a, b in public):
            continue
        covered += last - first
        before = sentence[max(0, first - start - 1) : first - start + 1]
        if last - first <= 4 and any(letter in _SURNAMES for letter in before):
            return True
    letters = len(sentence) - sum(b - a for a, b in public)
    return covered > most * max(1, letters)


def masked(sentence: str) -> tuple[str, tuple[Slot, ...]]:
    """The sentence with its dates, numbers, amounts and places as slots, and those slots.

    Titles and numbers of public documents, articles of law and spans of days (a rule's limits)
    stay.
    """
    kept = _QUOTED.findall(sentence)
    parts = _QUOTED.split(sentence)
    used: dict[str, Slot] = {}
    for at, part in enumerate(parts):
        for key, shape in _SHAPES:
            part, times = shape.subn(f"【{WORDS[key]}】", part)
            if times:
                used[key] = slot(key)
        parts[at] = part
    text = parts[0] + "".join(title + part for title, part in zip(kept, parts[1:], strict=True))
    return text, tuple(used.values())
