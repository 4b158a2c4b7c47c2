"""What a case is about, in words for its page and for every paper about it."""

from django.utils.translation import gettext as _

from gezhi.faces.shell import terms
from gezhi.faces.shell.parts import Fact
from gezhi.kernel.digits import case_number
from gezhi.work.cases.queries import CasePage


def matter(page: CasePage) -> str:
    """What it is about as paper says it: whole, where a line on a screen is cut."""
    title = page.row.title
    if not title.endswith("…") or not page.reports:
        return title
    words = " ".join(page.reports[0].text.split())
    return words if words.startswith(title[:-1]) else title


def facts(page: CasePage) -> list[Fact]:
    """Where, what kind and whose; what is not known is left out."""
    row, case_ = page.row, page.case
    area = " ".join(part for part in (row.community_name, row.grid_name) if part)
    origin = " ".join(part for part in (case_.origin_system, case_.origin_number) if part)
    pairs = [
        (_("地点"), row.place_words or page.place_name),
        (_("社区网格"), area or _("没有定到网格")),
        (_("类别"), row.class_name),
        (_("诉求类型"), row.kind_name),
        (_("紧急程度"), terms.label("urgency", row.urgency)),
        (_("规模"), terms.label("scale", case_.scale)),
        (_("公开摘要"), case_.public_summary),
        (_("来源"), origin),
        (_("并入"), case_number(page.merged_into)),
    ]
    return [Fact(name, value) for name, value in pairs if value]


def handled_by(page: CasePage) -> str:
    """Whose work it is, or was: the holder, after the end the last lead unit."""
    leads = [one.unit_name for one in page.assignments if one.part == "lead"]
    return page.row.holder_name or (leads[-1] if leads else "")
