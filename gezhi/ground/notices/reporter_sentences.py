"""What a reporter is told by message, one line a kind, in the language they wrote in: apart from the
lines of staff, since these stand in every language of the residents' pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Kind → the message to a reporter.
REPORTERS: dict[str, Promise] = {
    "case_report": _("【格治】已收到您的反映，受理号 %(number)s。凭受理号和查询码可随时查看进度。"),
    "case_join": _("【格治】已为您记上同一件事，受理号 %(number)s，办理有进展会告诉您。"),
    "case_reject": _("【格治】您反映的 %(number)s 不在受理范围，原因和该找谁请看进度页。"),
    "case_answer": _("【格治】您咨询的 %(number)s 已答复，请看进度页。"),
    "case_dispatch": _("【格治】您反映的 %(number)s 已派给承办单位，期限请看进度页。"),
    "case_rule": _("【格治】您反映的 %(number)s 街道已定由谁办理，期限请看进度页。"),
    "case_force_close": _("【格治】您反映的 %(number)s 已结束办理，原因请看进度页；没解决可以说。"),
    "case_hang": _("【格治】您反映的 %(number)s 暂时办不了，原因和什么时候再看请看进度页。"),
    "case_extend": _("【格治】您反映的 %(number)s 要多一些时间，新的期限请看进度页。"),
    "case_pass": _("【格治】您反映的 %(number)s 已办理，请看结果。"),
    "case_close": _("【格治】您反映的 %(number)s 已办结。请评价；没解决可以要求二次办理。"),
}
REPORTERS_OTHERWISE = _("【格治】您反映的 %(number)s 有新进展，请看进度页。")
