"""The papers about a case, each described once; `PAPERS` by their code in the address."""

from django.utils.translation import gettext_noop as _

from gezhi.faces.desk.cases.papers import asking, beside, delays, letters, orders
from gezhi.faces.desk.cases.papers.kinds import Asked, CasePaper

__all__ = ["PAPERS", "Asked", "CasePaper"]

# In the order in which a case comes to need them.
_ALL = (
    CasePaper("assignment", _("交办单"), _("交给承办单位"), orders.was_assigned, orders.assignment, _("这件事没有派给单位")),
    CasePaper("notice", _("告知书"), _("交给反映人"), letters.can_be_told, letters.notice, _("这件事没有受理，或者没有反映人可告知"), names_reporter=True, letter=True),
    CasePaper("rejection", _("不予受理告知书"), _("交给反映人"), letters.was_rejected, letters.rejection, _("这件事没有不予受理"), names_reporter=True, letter=True),
    CasePaper("supervision", _("督办单"), _("送承办单位督办"), orders.was_supervised, orders.supervision, _("这件事没有督办过")),
    CasePaper("whistle", _("吹哨报到单"), _("到场签字"), beside.was_whistled, beside.whistle, _("这件事没有吹过哨")),
    CasePaper("ruling", _("裁决单"), _("裁决签字"), beside.was_disputed, beside.ruling, _("这件事没有提请过裁决")),
    CasePaper("extension", _("延期申请表"), _("延期审批签字"), delays.was_handled, delays.extension, _("这件事还没有承办单位接单")),
    CasePaper("hang", _("挂账审批表"), _("挂账审批签字"), delays.was_handled, delays.hang, _("这件事还没有承办单位接单")),
    CasePaper("check", _("核查单"), _("到现场核查"), asking.was_done, asking.check, _("这件事还没有办理结果")),
    CasePaper("callback", _("回访单"), _("回访反映人"), asking.can_be_asked, asking.callback, _("这件事还没有办完，或者没有反映人可回访"), names_reporter=True),
)  # fmt: skip

PAPERS = {one.code: one for one in _ALL}
