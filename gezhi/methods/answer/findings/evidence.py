"""Signs in an answer that it gives a basis, a date, a contact, or sends people on to nobody."""

import re

_TITLE = re.compile(r"《[^《》]{2,80}》")
# Titles that bind or decide; a form, a licence or a web column is no basis.
_BINDING = re.compile(
    r"《[^《》]{0,80}(?:法|条例|规定|办法|通知|意见|方案|规划|标准|规范|细则|决定|公告|通告|合同|协议|通则|导则"
    r"|规程|纪要|批复|报告|制度|政策|计划|章程|公约)[^《》]{0,40}》"
)
_DOCUMENT = re.compile(
    r"[〔\[【（({]?\d{4}[〕\]】）)}]?\s*\d{1,4}号|\[政府发文\]|[a-z]{1,12}-\d{4}-\d{1,8}"
)
_BARE_RULE = re.compile(
    r"(?:相关|有关|上级)(?:的)?(?:政策|法律法规|法律|法规|规定|文件|要求|标准|管理制度)+"
)
# A rule that is named: "根据有关规定" alone is none.
_RULE = re.compile(
    r"第[一二三四五六七八九十百零\d]{1,8}条"
    r"|(?:根据|按照|依据|依照|符合|遵照|参照|遵循|严格执行|对照)[^，。；]{2,40}?"
    r"(?:法|条例|规定|办法|文件|政策|标准|规划|方案|合同|协议|批复|纪要|细则|要求|通知)"
    r"|[一-龥]{2,12}政策(?:是|为|规定|明确|要求)|(?:条例|合同法|物权法|保险法|教育法|办法)(?:的)?(?:相关)?规定"
    r"|(?:会议|专题)[^，。；]{0,8}(?:决定|研究决定|明确)|[局委府]核定"
    r"|(?:取得|获得|经|已)[^，。；]{0,24}(?:批复|批准|审批|备案)|判决|裁定"
)
_ON_SITE = re.compile(
    r"经[^，。；]{0,16}(?:核实|调查|核查|查实|查证|了解|勘查|查勘|查看|咨询|检测|检查|查阅|鉴定|审查|走访|排查)"
    r"|经查|据查|据[^，。；]{0,6}(?:调查|了解|核实)|查实|查明|现场|实地|走访|抽查|勘查|属实|检测|监测|鉴定|笔录"
    r"|派[^，。；]{0,10}(?:人员|干部|员|人)|调查(?:核实|了解|处理|发现)|查阅|通过[^，。；]{0,6}(?:核实|调查|了解)"
    r"|进行了?(?:认真|详细|深入|初步)?(?:的)?(?:调查|核实|核查|检查|摸底|勘)|核实情况后"
)
# A look that is only promised, or could not be taken, found nothing.
_NOT_YET = re.compile(r"将|无法|未能|不能|待|请|一经|如(?:有|果|经)|若|一律|会")
# Bounded, so that a text without any mark costs no more than one with marks.
_CLAUSES = re.compile(r"[^，。；！？\n]{1,160}")
_DATE = re.compile(
    r"(?:19|20)\d{2}年(?:度)?(?!.{0,24}》)|[二〇○零一]{4}年|\d{1,2}月(?:\d{1,2}日|底|初|中旬|上旬|下旬|份)?"
    r"|(?<![\d〔\[（(])20\d{2}[./-]\d{1,2}|今年|去年|前年|明年|明、后|本年|年底|年初|月底|月初|本月|下月|上月|本周|下周|上周|本学期|本期|下学期"
    r"|上半年|下半年|昨天|今天|明天|当日|当天下午|春节|国庆|元旦|近几年内|十[二三四]五.{0,2}期间|满(?:\d{1,4}|[一二两三四五六七八九十]{1,4})(?:年(?!龄)|个月|天)"
    r"|(?:\d{1,4}|[一二两三四五六七八九十]{1,4})(?:[-—–~至到](?:\d{1,4}|[一二三四五六七八九十]{1,4}))?(?:个)?(?:工作日|日内|天内|小时内|个月|周内|年内)"
)
# When the message came, when somebody was founded, and what is quoted from it date no action.
_RECEIVED = re.compile(
    r"[^，。；\n]{0,30}(?:收悉|收到|接到|发帖|发贴|留言|来信|咨询的|反映的)|成立于[^，。；]{0,20}|近[一两二三]年内?"
    r"|[“\"][^“”\"]{4,200}[”\"]|关于[^，。；：\n]{0,60}(?:回复|答复|问题|事宜)"
)
_NUMBER = re.compile(
    r"<TEL>|(?<!\d)(?:0\d{2,3}[-—－\s]{0,3})?[2-8]\d{6,7}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)"
    r"|(?<!\d)(?:12345|123\d{2}|122|110|119|11185|95\d{3}|96\d{3,4}|12\d{3})(?!\d)"
    r"|https?://|www\.|公众号|邮箱|微信|网址|如法网|官网|门户网站|房地产网|地址[：:]|服务平台"
)
# "请到教育局普教股咨询": where to go is a contact when it is named.
_OFFICE = r"(?:局|委(?!托)|办(?!理|法|事|好)|办公室|中心|科|股|站(?!点)|所(?!以|有|在|反|需)|处(?!理|置|于)|队|部门|公司|窗口|街道|镇政府|机构|协会|社区|居委会|村委会|学校|医院|政府|网(?!友|上|民))"
_GO = re.compile(
    r"(?:请|建议|(?<!许)可以?|欢迎|前往|直接|须到|需到|应到)"
    rf"[^，。；]{{2,36}}?{_OFFICE}[^，。；]{{0,14}}?(?:咨询|反映|联系|办理|了解|查询|提出|投诉|查找|核实|申请)"
    rf"|(?:咨询|联系|登录)[^，。；我]{{2,18}}?{_OFFICE}"
)
_ADVICE = re.compile(r"建议(?:您|你|可|向|到)|请(?:您|你)?(?:向|到|提供|携带|持)")
_REMEDY = re.compile(r"复查|复议|起诉|诉讼|仲裁")
_OURSELVES = re.compile(r"(?:我们|我局|我办|我镇|我司|本局)")
_NOBODY = re.compile(
    r"(?:相关|有关|职能|上级|相应|主管|对应)(?:的)?(?:职能|主管)?(?:部门|单位|县区|机关|科室)"
)
_NOT_OURS = re.compile(
    r"(?:不属于?|不在|不归|(?:非|不是)(?:我|本)|超出)[^，。；]{0,16}(?:职责|职权|职能|管辖|权限|业务范|受理范|工作范)"
    r"|(?:我|本)(?:局|办|镇|县|市|街道|单位|委|队|中心|校|区)(?:没有|无)(?:管辖)?权|无权(?:处理|受理|管辖|干涉)|(?:不归|不由)(?:我|本)"
)
_SEND_ON = re.compile(
    r"(?:请|建议|须|需|可|必须)[^。；]{0,16}(?:到|向|咨询|反映|联系|找)[^。；]{0,20}"
)
_NAMED = re.compile(
    r"(?:由|向|到|归|系|咨询|联系|属于|给|至|和|、|与)"
    rf"(?!我|本|故我)(?:(?!建议|我|您|，)[一-龥A-Z\d]){{1,12}}?{_OFFICE}"
)


def has_basis(text: str) -> bool:
    """A law, a document, a named rule, or something seen or looked into."""
    if _BINDING.search(text) or _DOCUMENT.search(text):
        return True
    if _RULE.search(_BARE_RULE.sub("", text)):
        return True
    for clause in _CLAUSES.findall(text):
        seen = _ON_SITE.search(clause)
        if seen and not _NOT_YET.search(clause[: seen.end()]):
            return True
    return False


def has_date(text: str) -> bool:
    """When something was, is or will be done; years inside titles and file numbers do not count."""
    told = _DOCUMENT.sub("", _TITLE.sub("", text))
    return bool(_DATE.search(_RECEIVED.sub("，", told)))


def has_contact(text: str) -> bool:
    """A number, an address on the net, or a named office to turn to.

    A court or a body of appeal is a remedy, not somebody to talk to.
    """
    if _NUMBER.search(text):
        return True
    for clause in _CLAUSES.findall(_NOBODY.sub("", _RECEIVED.sub("，", text))):
        if _GO.search(clause) and not (_REMEDY.search(clause) or _OURSELVES.search(clause)):
            return True
    return False


def gives_advice(text: str) -> bool:
    """The person is told where to turn or what to do next."""
    return has_contact(text) or bool(_ADVICE.search(text))


def pushes_away(line: str) -> bool:
    """The sentence says it is not ours, or sends people on, and names nobody whose it is."""
    named = _NAMED.search(_NOBODY.sub("", _NOT_OURS.sub("", line)))
    if _NOT_OURS.search(line):
        return not named
    sent = _SEND_ON.search(line)
    return bool(sent and _NOBODY.search(sent.group()) and not named)
