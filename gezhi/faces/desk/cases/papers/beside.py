"""What stands beside a case and is signed: 吹哨报到单, 裁决单."""

from django.utils.translation import gettext as _

from gezhi.faces.desk.cases.beside_words import whistled_as
from gezhi.faces.desk.cases.papers.kinds import Asked
from gezhi.faces.desk.cases.papers.parts import at, fact_rows, sheet, subject, until
from gezhi.faces.desk.cases.ruling_words import has_ruling, ruled_as
from gezhi.faces.paper.description import Cell, Form, Paper, Signs, Table
from gezhi.work.cases import queries as cases
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.rules import Deed


def was_whistled(page: CasePage) -> bool:
    """Whether units were ever called for it."""
    return any(step.deed == Deed.WHISTLE for step in page.steps)


def whistle(asked: Asked) -> Paper:
    """吹哨报到单 of the last whistle."""
    page, line = asked.page, cases.last_whistle(asked.page.case)
    if line is None:
        raise ValueError("only a case units were called for has such a paper")
    told = whistled_as(page, line)
    rows = [
        [Cell(_("关联事件"), subject(page))],
        [Cell(_("哨类型"), told.kind)],
        [
            Cell(_("吹哨"), f"{line.blown_by}\n{at(line.blown_at)}"),
            Cell(_("几点前到"), until(line.due_at)),
        ],
        *fact_rows(page, 2),
        [Cell(_("事由"), told.words)],
    ]
    came = Table(
        columns=(_("应到单位"), _("到没到"), _("街道评分"), _("到场人签字")),
        rows=[(name, how, points, "\n") for name, how, points in told.units],
        widths=(4, 5, 2, 4),
        heading=_("报到"),
    )
    return sheet(
        asked, _("吹哨报到单"), [Form(rows), came, Signs((_("街道负责人："), _("经办人：")))]
    )


def was_disputed(page: CasePage) -> bool:
    """Whether there is a dispute of it, or was."""
    return has_ruling(page)


def ruling(asked: Asked) -> Paper:
    """裁决单 of the last dispute, with room to write while it waits."""
    page, line = asked.page, cases.last_ruling(asked.page.case)
    if line is None:
        raise ValueError("only a case that was disputed has such a paper")
    told = ruled_as(page, line)
    returned = "\n".join(
        f"{step.unit_name} {at(step.happened_at)}：{reason}"
        + (f"。{step.words}" if step.words else "")
        for step, reason in told.returned
    )
    if line.ruled_at:
        how, signed = told.kind, f"{told.grounds}\n{line.ruled_by} {at(line.ruled_at)}"
    else:
        how = _("不用再裁决") if line.ended_at else _("□ 值班长裁定　□ 会商决定")
        signed = told.grounds
    basis = line.duty_name if line.ruled_at else ""
    rows = [
        [Cell(_("事由"), subject(page))],
        *fact_rows(page),
        [Cell(_("退回和理由"), returned or "—")],
        [Cell(_("争在哪里"), told.asked or "—")],
        [Cell(_("提请时间"), at(line.disputed_at)), Cell(_("提请人"), line.disputed_by or "—")],
        [Cell(_("怎么定的"), how)],
        [Cell(_("归谁办"), line.unit_name), Cell(_("协办单位"), told.assists)],
        [Cell(_("依据"), f"{basis}（{line.duty_basis}）" if line.duty_basis else basis)],
        [Cell(_("裁决的理由"), signed, room=0 if line.ruled_at else 4)],
    ]
    names = (_("值班长："), _("退回单位负责人："), _("承办单位负责人："))
    return sheet(asked, _("裁决单"), [Form(rows), Signs(names)])
