"""What became of a message, in words: states, ways, whom, and what went wrong with what to do."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Words = Mapping[str, str | Promise]

STATES: Words = {
    "waiting": gettext_lazy("等着发"),
    "sent": gettext_lazy("发出去了"),
    "failed": gettext_lazy("没发出去"),
    "no_address": gettext_lazy("没有号码"),
    "no_channel": gettext_lazy("没有开通"),
}
PROVIDERS: Words = {
    "sms": gettext_lazy("短信"),
    "wecom": gettext_lazy("企业微信群"),
    "dingtalk": gettext_lazy("钉钉群"),
    "console": gettext_lazy("演示（不真发）"),
    "": gettext_lazy("没有开通"),
}
WHOM: Words = {
    "report": gettext_lazy("反映人"),
    "user": gettext_lazy("工作人员"),
    "group": gettext_lazy("单位的群：待办"),
    "group_case": gettext_lazy("单位的群：急事"),
}
# What went wrong, and what to do about it.
FAULTS: Words = {
    "timeout": gettext_lazy("对方太久没有回答，会自动再试"),
    "unreachable": gettext_lazy("连不上对方，看看网络和地址"),
    "tls": gettext_lazy("对方的证书不对，看看地址和这台机器的时间"),
    "half_answer": gettext_lazy("对方只回答了一半，会自动再试"),
    "bad_answer": gettext_lazy("对方的回答看不懂，看看 [sms.answer] 写得对不对"),
    "unknown_answer": gettext_lazy("对方回了没写进设置的代码，照它的文档查"),
    "busy": gettext_lazy("发得太快，对方让等一等，会自动再试"),
    "server": gettext_lazy("对方出错了，会自动再试"),
    "number": gettext_lazy("对方说这个号码收不到，不再试"),
    "signature": gettext_lazy("签名不对：看看密钥和签名的写法"),
    "keyword": gettext_lazy("群机器人要求带关键词：把“格治”加进它的关键词"),
    "ip": gettext_lazy("群机器人不认这台机器的 IP：把它加进白名单"),
    "clock": gettext_lazy("对方说时间不对：校准这台机器的时间"),
    "webhook": gettext_lazy("群机器人的地址不对或者被删了：换成新的"),
    "bad_message": gettext_lazy("对方不收这样的内容"),
    "refused": gettext_lazy("对方拒绝了，照代码查它的文档"),
    "not_set_up": gettext_lazy("设置里没有这个渠道，看看 GEZHI_NOTICES 指的文件"),
    "unexpected": gettext_lazy("程序没料到的错误，看“没做成的任务”"),
    "unavailable": gettext_lazy("暂时发不了，会自动再试"),
}
KINDS = {"failed": "late", "sent": "done", "waiting": "line"}


def word(words: Words, code: str) -> str:
    """The word of a code; one nobody knows stands for itself."""
    return str(words[code]) if code in words else code or _("没有")
