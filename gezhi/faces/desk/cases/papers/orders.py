"""What the centre gives to units: 交办单, 督办单."""

from django.utils.translation import gettext as _

from gezhi.faces.desk.cases.beside_words import supervised_as
from gezhi.faces.desk.cases.papers.kinds import Asked
from gezhi.faces.desk.cases.papers.parts import (
    at,
    fact_rows,
    handled_by_then,
    lead,
    place,
    said,
    sheet,
    signed,
    subject,
    until,
)
from gezhi.faces.paper.description import Cell, Form, Paper, Signs
from gezhi.faces.shell import terms
from gezhi.work.cases import queries as cases
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.queries.detail import StepLine
from gezhi.work.cases.queries.sent import AssignmentLine
from gezhi.work.cases.rules import Deed


def was_assigned(page: CasePage) -> bool:
    """Whether a unit was ever given it as the lead."""
    return _lead_of(page) is not None


def _lead_of(page: CasePage) -> AssignmentLine | None:
    return next((one for one in reversed(page.assignments) if one.part == "lead"), None)


def _told(page: CasePage, line: AssignmentLine) -> StepLine | None:
    """The step that gave it: a dispatch, or a ruling."""
    return next(
        (
            step
            for step in reversed(page.steps)
            if step.deed in (Deed.DISPATCH, Deed.RULE) and step.round == line.round
        ),
        None,
    )


def assignment(asked: Asked) -> Paper:
    """交办单: what the lead unit is given, until when, with room for its answer."""
    page, line = asked.page, _lead_of(asked.page)
    if line is None:
        raise ValueError("only a case that was given to a unit has such a paper")
    told = _told(page, line)
    assists = [
        one.unit_name
        for one in page.assignments
        if one.part == "assist" and one.round == line.round
    ]
    basis = f"{line.duty_name}（{line.duty_basis}）" if line.duty_basis else line.duty_name
    rows = [
        [Cell(_("事由"), subject(page))],
        [Cell(_("承办单位"), line.unit_name), Cell(_("协办单位"), "、".join(assists) or "—")],
        [
            Cell(_("交办时间"), at(line.sent_at)),
            Cell(_("办结时限"), handled_by_then(page, line.due_at)),
        ],
        [Cell(_("地点"), place(page))],
        [
            Cell(_("类别"), page.row.class_name or "—"),
            Cell(_("紧急程度"), terms.label("urgency", page.row.urgency)),
        ],
        [Cell(_("诉求内容"), said(page) or _("见系统里写给承办单位的话"))],
        [
            Cell(
                _("交办要求"),
                told.words if told and told.words else _("请按时限办结，并在系统里回复办理结果。"),
            )
        ],
    ]
    if basis:
        rows.append([Cell(_("依据"), basis)])
    rows += [
        [Cell(_("办理结果"), "", room=5, sign=signed(_("承办单位负责人")))],
        [Cell(_("备注"), "", room=1)],
    ]
    return sheet(asked, _("交办单"), [Form(rows), Signs((_("交办人："), _("签收人：")))])


def was_supervised(page: CasePage) -> bool:
    """Whether it was ever supervised."""
    return any(step.deed == Deed.SUPERVISE for step in page.steps)


def supervision(asked: Asked) -> Paper:
    """督办单 of the last supervision."""
    page, line = asked.page, cases.last_supervision(asked.page.case)
    if line is None:
        raise ValueError("only a case that was supervised has such a paper")
    told = supervised_as(page, line)
    answered = f"{line.answered_by} {at(line.answered_at)}" if line.answered_at else ""
    ended = f"{line.ended_by} {at(line.ended_at)}" if line.ended_at else _("还没销号")
    rows = [
        [Cell(_("事由"), subject(page))],
        [Cell(_("承办单位"), lead(page)), Cell(_("督办人"), line.supervisor)],
        [Cell(_("督办时间"), at(line.began_at)), Cell(_("答复期限"), until(line.due_at))],
        *fact_rows(page),
        [Cell(_("督办要求"), told.words)],
        [
            Cell(
                _("书面答复"),
                "\n".join(part for part in (told.answer, answered) if part),
                room=0 if told.answer else 4,
            )
        ],
        [Cell(_("销号"), ended)],
    ]
    names = (_("督办人："), _("承办单位负责人："), _("承办单位盖章："))
    return sheet(asked, _("督办单"), [Form(rows), Signs(names)])
