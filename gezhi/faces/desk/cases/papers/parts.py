"""What several papers about cases say: number, matter, facts and moments as paper states them."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from gezhi.faces.desk.cases.about import facts, handled_by, matter
from gezhi.faces.desk.cases.papers.kinds import Asked
from gezhi.faces.paper.description import Cell, Paper, Part
from gezhi.faces.shell import moments
from gezhi.kernel import clock
from gezhi.kernel.digits import case_number
from gezhi.work.cases.queries import CasePage

ONLY_FOR = "保密　仅限承办人员"


def sheet(asked: Asked, title: str, parts: Sequence[Part], *, letter: bool = False) -> Paper:
    """A paper about this case: its number and the code that opens it in the head."""
    page = asked.page
    return Paper(
        name=title,
        title=title,
        parts=parts,
        number=_("案件号 %(number)s") % {"number": case_number(page.case.number)},
        qr=asked.address,
        qr_words=_("扫码查进度") if letter else _("扫码打开这件事"),
        letter=letter,
        stamp=_(ONLY_FOR) if page.case.is_restricted else "",
    )


def subject(page: CasePage) -> str:
    """What the case is about for whoever the paper goes to: of a confidential one no word of the
    reporter's, whoever prints it."""
    if not page.case.is_restricted:
        return matter(page)
    return page.case.public_summary or page.row.class_name or _("保密事项")


def said(page: CasePage) -> str:
    """What the reporters said, for a paper that goes to a unit; nothing of a confidential case."""
    if page.case.is_restricted or not page.reports:
        return ""
    if len(page.reports) == 1:
        return page.reports[0].text
    return "\n".join(f"{at}．{one.text}" for at, one in enumerate(page.reports, 1))


def fact_rows(page: CasePage, most: int | None = None) -> list[list[Cell]]:
    """Where, what kind and whose, a row each."""
    known = facts(page)
    if page.case.is_restricted:
        # What was written for others stands as the subject; origin numbers lead to the reporter.
        known = [fact for fact in known if fact.label not in (_("公开摘要"), _("来源"))]
    return [[Cell(str(fact.label), str(fact.value))] for fact in known[:most]]


def place(page: CasePage) -> str:
    """Where it is."""
    return page.row.place_words or page.place_name or "—"


def lead(page: CasePage) -> str:
    """Who does it, or did: also while the centre has it again, to look at what was done."""
    return lead_of(page) or "—"


def lead_of(page: CasePage) -> str:
    """The same for a sentence: "" where no unit has it, or had."""
    leads = [one.unit_name for one in page.assignments if one.part == "lead"]
    return leads[-1] if leads else handled_by(page)


def at(moment: datetime | None) -> str:
    """ "2026-11-22 10:00"; "" for none."""
    return f"{clock.local(moment):%Y-%m-%d %H:%M}" if moment else ""


def until(moment: datetime | None) -> str:
    """The end of a limit: "2026-11-22 24:00"; "" for none."""
    return " ".join(moments.paper_until(moment)) if moment else ""


def handled_by_then(page: CasePage, due_at: datetime) -> str:
    """The limit of whoever handles it; one that came with the case and ends sooner goes before it,
    since by that the street itself is measured."""
    sooner = page.case.origin_due_at
    if sooner is None or sooner >= due_at:
        return until(due_at)
    return _("%(sooner)s（转来时带的时限，以它为准；本街道的时限 %(due)s）") % {
        "sooner": until(sooner),
        "due": until(due_at),
    }


def long_day(day: date) -> str:
    """ "2026年11月22日", as a 公文 writes it."""
    return f"{day.year}年{day.month}月{day.day}日"


def signed(who: str) -> str:
    """Where somebody signs in a cell, with a day to be filled in."""
    return _("%(who)s签字（盖章）：　　　　　　　　　年　　月　　日") % {"who": who}
