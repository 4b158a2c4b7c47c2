"""What is taken along to ask and to look: 回访单, 核查单."""

from django.utils.translation import gettext as _

from gezhi.faces.desk.cases.papers.kinds import Asked, reporter_of
from gezhi.faces.desk.cases.papers.parts import at, fact_rows, lead, place, sheet, subject, until
from gezhi.faces.paper.description import Cell, Form, Paper, Signs
from gezhi.faces.shell import terms
from gezhi.kernel.digits import report_number
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.queries.detail import StepLine
from gezhi.work.cases.rules import Deed, State

_DONE = (Deed.FINISH, Deed.HANDLE_ON_THE_SPOT, Deed.ANSWER)


def was_done(page: CasePage) -> bool:
    """Whether there is a result to ask about or to look at."""
    return _done(page) is not None


def can_be_asked(page: CasePage) -> bool:
    """Whether it was done, and there is a reporter to ask."""
    ended = page.case.state in (State.CHECKING, State.CLOSED, State.ARCHIVED)
    return ended and was_done(page) and bool(page.reports)


def _done(page: CasePage) -> StepLine | None:
    return next((step for step in reversed(page.steps) if step.deed in _DONE), None)


def callback(asked: Asked) -> Paper:
    """回访单: whom to call, what was done, and boxes for the answers."""
    page, report, done = asked.page, reporter_of(asked.page), _done(asked.page)
    contact = asked.contact
    name = contact.name if contact else report.name
    phone = contact.phone if contact else report.phone
    rows = [
        [Cell(_("反映人"), name or _("没有留")), Cell(_("电话"), phone or _("没有留"))],
        [
            Cell(_("受理号"), report_number(report.number)),
            Cell(_("渠道"), terms.label("channels", report.channel)),
        ],
        [
            Cell(_("反映时间"), at(report.received_at)),
            Cell(_("答应的时间"), until(report.promised_at)),
        ],
        [Cell(_("诉求内容"), report.text)],
        [
            Cell(_("承办单位"), lead(page)),
            Cell(_("办结时间"), at(done.happened_at) if done else ""),
        ],
        [Cell(_("办理结果"), done.words if done else "")],
    ]
    answers = [
        [Cell(_("打通没有"), _("□ 打通了　　□ 没打通　　□ 不愿说"))],
        [Cell(_("联系过您吗"), _("□ 联系过　　□ 没有联系"))],
        [Cell(_("解决没有"), _("□ 解决了　　□ 部分解决　　□ 没解决"))],
        [Cell(_("满意不满意"), _("□ 满意　　□ 基本满意　　□ 不满意"))],
        [Cell(_("反映人的话"), "", room=3)],
        [Cell(_("第几次打"), _("第　　　次，　　　月　　　日　　　时　　　分"))],
    ]
    return sheet(
        asked,
        _("回访单"),
        [Form(rows), Form(answers, heading=_("回访情况")), Signs((_("回访人："),), dated=True)],
    )


def check(asked: Asked) -> Paper:
    """核查单: what is said to be done, and what is found at the place."""
    page, done = asked.page, _done(asked.page)
    rows = [
        [Cell(_("事由"), subject(page))],
        [Cell(_("地点"), place(page))],
        [
            Cell(_("承办单位"), lead(page)),
            Cell(_("办结时间"), at(done.happened_at) if done else ""),
        ],
        *fact_rows(page)[1:3],
        [Cell(_("办理结果"), done.words if done else "")],
    ]
    found = [
        [Cell(_("怎样核查"), _("□ 到现场看　　□ 看照片　　□ 电话问反映人"))],
        [Cell(_("现场情况"), "", room=5)],
        [Cell(_("核查结论"), _("□ 通过　　□ 不通过，退回重办"))],
        [Cell(_("不通过的理由"), "", room=2)],
        [Cell(_("核查时间"), _("　　　月　　　日　　　时　　　分　　　拍照　　　张"))],
    ]
    return sheet(
        asked,
        _("核查单"),
        [
            Form(rows),
            Form(found, heading=_("核查情况")),
            Signs((_("核查人："), _("同行人："))),
        ],
    )
