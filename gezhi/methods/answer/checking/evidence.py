"""Signs in an answer that it gives a basis, a date, a contact, or sends people on to nobody."""

import re

_TITLE = re.compile(r"《[^《》]{2,80}》")
_DOCUMENT = re.compile(r"[〔\[【（(]?\d{4}[〕\]】）)]?\s*\d{1,4}号|\[政府发文\]")
# A rule that is named, not "根据有关规定" alone.
_RULE = re.compile(
    r"第[一二三四五六七八九十百零\d]+条|号文|(?<!相关)(?<!有关)(?:条例|细则|劳动合同法|物权法|[一-龥]{2,}(?:法|政策|标准|规划|规程|招生方案|实施方案|公告|合同|协议|批复|会议纪要))(?:要求|规定|精神|执行|中)?"
    r"|(?:会议|专题).{0,8}(?:决定|研究|明确)|核定|审批"
)
_BARE_RULE = re.compile(r"(?:相关|有关|上级)(?:的)?(?:政策|法律法规|法律|规定|文件|要求|标准)")
_ON_SITE = re.compile(
    r"经[^，。；]{0,16}(?:核实|调查|核查|查实|查证|了解|勘查|查勘|查看|咨询|检测|检查|查阅|鉴定|审查|走访)|经查|据查|据调查|据了解|查实|查明"
    r"|现场|实地|走访|抽查|勘查|属实|调查(?:核实|了解|处理|发现)|检测|监测|鉴定|笔录|派.{0,6}(?:人员|人|员)"
    r"|查阅|核实(?:情况|后|，|清楚)|进行了?(?:认真|详细|深入)?(?:的)?(?:调查|核实|核查|检查)|查找原因|判决|裁定|备案"
)
_DATE = re.compile(
    r"(?:19|20)\d{2}年(?:度)?(?!.{0,24}》)|[二〇○零一]{4}年|\d{1,2}月(?:\d{1,2}日|底|初|中旬|上旬|下旬|份)?"
    r"|(?<![\d〔\[（(])20\d{2}[./-]\d{1,2}|今年|去年|前年|明年|明、后|本年|年底|年初|月底|月初|本月|下月|上月|本周|下周|上周|本学期|本期|下学期"
    r"|上半年|下半年|昨天|今天|明天|当日|当天下午|春节|国庆|元旦|近几年|十[二三四]五.{0,2}期间"
    r"|(?:\d+|[一二两三四五六七八九十]+)(?:[-—–~至到](?:\d+|[一二三四五六七八九十]+))?(?:个)?(?:工作日|日内|天内|小时内|个月|周内|年内)"
)
_NUMBER = re.compile(
    r"<TEL>|(?<!\d)(?:0\d{2,3}[-—－\s]{0,3})?[2-8]\d{6,7}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)"
    r"|(?<!\d)(?:12345|123\d{2}|122|110|119|11185|95\d{3}|96\d{3,4}|12\d{3})(?!\d)"
    r"|https?://|www\.|公众号|邮箱|二维码|[Aa][Pp][Pp](?![a-z])|微信(?:号|小程序)|网址|如法网|官网|门户网站|房地产网|地址[：:]|服务平台"
)
# "请到教育局普教股咨询": where to go is a contact when it is named.
_OFFICE = r"(?:局|委|办|办公室|中心|科|股|站|所|处|队|大队|支队|部门|公司|窗口|街道|镇政府|机构|协会|社区|居委会|村委会|学校|医院|政府|网)"
_GO = re.compile(
    r"(?:请|建议|可|可以|可向|欢迎|前往|直接|到|向|与|致电|咨询)"
    rf"[^，。；]{{0,30}}?[一-龥]{{2,}}{_OFFICE}[^，。；]{{0,14}}?(?:咨询|反映|联系|办理|了解|查询|提出|投诉|查找|核实|进行投诉)"
    rf"|(?:咨询|联系|登录|关注)[^，。；]{{0,6}}[一-龥]{{2,}}{_OFFICE}"
)
_NOBODY = re.compile(
    r"(?:相关|有关|职能|上级|相应|主管|对应)(?:的)?(?:职能|主管)?(?:部门|单位|县区|机关|科室)"
)
_NOT_OURS = re.compile(
    r"(?:不属于?|不在|不归|非|不是|超出)[^，。；]{0,16}(?:职责|职权|职能|管辖|权限|管理范|业务范|受理范|工作范)"
    r"|(?:我|本)(?:局|办|镇|县|市|街道|单位|委|队|中心|校|区)(?:没有|无)(?:管辖)?权|无权(?:处理|受理|管辖|干涉)|(?:不归|不由)(?:我|本)"
)
_SEND_ON = re.compile(
    r"(?:请|建议|须|需|可|必须)[^。；]{0,16}(?:到|向|咨询|反映|联系|找)[^。；]{0,20}"
)
_NAMED = re.compile(
    rf"(?:由|向|到|归|系|咨询|联系|属于|给|至|和|、|，)(?!相关|有关|职能|上级|相应|主管|我|本)[一-龥A-Z\d]{{1,12}}?(?<!相关)(?<!有关)(?<!职能)(?<!主管)(?<!上级){_OFFICE}"
)


def has_basis(text: str) -> bool:
    """A law, a document, a named rule, or something seen or looked into."""
    if _TITLE.search(text) or _DOCUMENT.search(text) or _ON_SITE.search(text):
        return True
    return bool(_RULE.search(_BARE_RULE.sub("", text)))


def has_date(text: str) -> bool:
    """When something was, is or will be done; years inside titles and file numbers do not count."""
    return bool(_DATE.search(_DOCUMENT.sub("", _TITLE.sub("", text))))


def has_contact(text: str) -> bool:
    """A number, an address on the net, or a named office to turn to."""
    return bool(_NUMBER.search(text) or _GO.search(_NOBODY.sub("", text)))


def pushes_away(line: str) -> bool:
    """The sentence says it is not ours, or sends people on, and names nobody whose it is."""
    if _NOT_OURS.search(line):
        return not _NAMED.search(_NOT_OURS.sub("", line))
    sent = _SEND_ON.search(line)
    return bool(sent and _NOBODY.search(sent.group()) and not _NAMED.search(line))
