"""What is said for each kind of notice: one line a kind in the inboxes of staff; the texts of messages
are those of the packs (`message_texts`), and the ones here where these have none that may be sent.

A message may name the number of the case and nothing else: names, words and places stay inside.
A line of an inbox says only what happened; the page it stands on knows what it is about.
"""

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gezhi.ground.codes import queries as codes
from gezhi.ground.notices import texts
from gezhi.ground.notices.reporter_sentences import REPORTERS, REPORTERS_OTHERWISE
from gezhi.kernel.digits import case_number, report_number

# Kind → the line in an inbox of staff.
STAFF: dict[str, Promise] = {
    "case_report": _("您的网格有新诉求"),
    "case_ask": _("请到现场核实"),
    "case_verify": _("核实有结果了"),
    "case_dispatch": _("新派单，请接单"),
    "case_dispatch_assist": _("请您单位协办，请按时答复"),
    "case_assist": _("协办单位答复了"),
    "case_assist_not_ours": _("协办单位说不归它，请看要不要改派"),
    "case_supervise": _("被督办，请按期书面答复"),
    "case_supervise_supervisor": _("点名请您督办这件事"),
    "case_report_to_supervisor_supervisor": _("督办有答复了，请看能不能销号"),
    "case_discharge": _("督办已经销号"),
    "case_escalate": _("下级升级上来的，请接着安排"),
    "case_whistle": _("街道为这件事吹了哨"),
    "case_whistle_called": _("街道吹哨，请按时到场报到"),
    "case_arrive_arrived": _("应到单位报到了"),
    "case_arrive_absent": _("应到单位没到，写了原因"),
    "case_score": _("吹哨评了分"),
    "case_score_scored": _("街道给您单位到场评了分"),
    "supervision_late": _("督办答复超过期限了"),
    "case_return": _("退单，请重新派遣"),
    "case_finish": _("办结待核查"),
    "case_rework": _("返工：核查没通过，请接着办"),
    "case_reopen": _("反映人说没解决，二次办理"),
    "case_urge": _("反映人催办"),
    "case_urge_by_centre": _("街道中心催办，请抓紧"),
    "case_urge_before": _("快到期了，请抓紧"),
    "case_urge_expiry": _("到期了还没办完，请马上办"),
    "case_add_word": _("反映人补充了情况"),
    "case_lift": _("下级单位无人在岗，上提到您这里"),
    "case_hand_over": _("工作交接，转到您这里"),
    "case_page": _("急事，呼叫值班：请应答，来不了也请说一声"),
    "emergency_roll_call": _("应急点名：请马上报您的网格平安还是有事"),
    "emergency_notice": _("应急通知，请看"),
    "emergency_call": _("应急，叫您到岗：请应答，来不了也请说一声"),
    "emergency_off": _("应急已经关闭"),
    "emergency_drill_roll_call": _("演练：点名，请报您的网格平安还是有事"),
    "emergency_drill_notice": _("演练：通知，请看"),
    "emergency_drill_call": _("演练：叫您到岗，请应答"),
    "emergency_drill_off": _("演练已经结束"),
    "admission_comes": _("有单位要交给社区一件事，已经准入，请看"),
    "admission_let_in": _("您单位要交给社区的事，准入了"),
    "admission_refused": _("您单位要交给社区的事，不予准入，请看条款"),
    "rota_gap": _("值班表两天内有空档，请安排人"),
    "rota_ends": _("值班表两天内到期，还没有接着的"),
    "rota_changed": _("您的值班有改动，请看值班表"),
    "rota_swap_asked": _("同事想和您换班，请回话"),
    "rota_swap_agreed": _("换班，对方同意了"),
    "rota_swap_refused": _("换班，对方没同意"),
    "case_ask_to_hang": _("单位申请挂账，请审批"),
    "case_hang": _("挂账申请有结果了"),
    "case_review": _("挂账复核过了，接着挂账"),
    "case_resume": _("挂账结束，恢复办理"),
    "case_ask_to_extend": _("单位申请延期，请审批"),
    "case_extend": _("延期申请有结果了"),
    "case_dispute": _("退单有争议，请裁决归哪个单位"),
    "case_rule": _("街道裁决由您单位办，请接单"),
    "case_rule_assist": _("请您单位协办，请按时答复"),
    "case_force_close": _("值班长强制结案，不用再办"),
    "case_appeal": _("单位申诉，请裁定"),
    "case_decide": _("申诉有裁定了"),
    "case_decide_units": _("您单位的申诉有裁定了"),
    "hang_due": _("挂账今天该复核：恢复办理，或改复核日"),
    "hang_late": _("挂账过了复核日还没有复核"),
    "knowledge_review": _("知识条目到复审日了，请看还对不对"),
    "knowledge_expired": _("知识条目过了有效期，已经停用"),
    "triage_fell": _("系统的建议没有以前准了，请看“建议准不准”"),
    "triage_learn": _("又办结了不少事，可以让系统用本单位的事重新学了"),
    "triage_digest": _("本周的热点出来了，请看热点页"),
}
STAFF_OTHERWISE = _("有新进展")
# Kind → the message to a member of staff, where it cannot wait for a look at the inbox.
STAFF_MESSAGES: dict[str, Promise] = {
    "case_page": _("【格治】急事呼叫值班，请马上登录应答；来不了也请说一声。"),
}
TO_STAFF = _("【格治】您有新的待办 %(number)s，请登录查看。")


# Kinds of messages to staff that have a text of their own.
_STAFF_CODES = {"case_page": "staff_page"}


def inbox_line(kind: str) -> str:
    """What happened, as a line of an inbox in the reader's language."""
    return str(STAFF.get(kind, STAFF_OTHERWISE))


def message(recipient_kind: str, kind: str, number: str) -> str:
    """The message a provider sends, in the language that is active."""
    shown = case_number(number) if recipient_kind == "user" else report_number(number)
    packed = text_of(recipient_kind, kind)
    if packed:
        return texts.filled(packed, shown)
    if recipient_kind == "user" and kind in STAFF_MESSAGES:
        return str(STAFF_MESSAGES[kind])
    if recipient_kind == "user":
        return str(TO_STAFF) % {"number": case_number(number)}
    return str(REPORTERS.get(kind, REPORTERS_OTHERWISE)) % {"number": report_number(number)}


def text_of(recipient_kind: str, kind: str) -> str:
    """The text of the packs for a kind in the language that is active, its slot open; "" for none, and
    for one that names more than the number: that is never sent."""
    to_staff = recipient_kind == "user"
    otherwise = "staff_otherwise" if to_staff else "otherwise"
    own = _STAFF_CODES.get(kind, "") if to_staff else kind
    row = codes.term("message_texts", own) or codes.term("message_texts", otherwise)
    if row is None:
        return ""
    english = str(row.data.get("text_en", "")) if (get_language() or "").startswith("en") else ""
    text = english or str(row.data.get("text", ""))
    return "" if texts.wrong_slots(text) else text
