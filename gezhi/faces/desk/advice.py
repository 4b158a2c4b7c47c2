"""What the system would do with a reported case, and why: shown, never done by itself."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gezhi.faces.desk import words
from gezhi.faces.desk.deeds import classes
from gezhi.faces.desk.deeds.accepting import AcceptForm
from gezhi.faces.shell.parts import Fact
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import queries as duties
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.rules import Deed


@dataclass(frozen=True, slots=True)
class Advice:
    """Class, lead unit, limit and public summary for accepting at one press, with the reasons."""

    facts: list[Fact]
    why: str
    fields: tuple[tuple[str, str], ...]


def advice(viewer: Viewer, page: CasePage) -> Advice | None:
    """The advice for a case that can be accepted now; None while nobody named a class for it."""
    case = page.case
    if Deed.ACCEPT not in page.deeds:
        return None
    urgency = case.urgency or "ordinary"
    matter = classes.by_code(case.class_code, unit=case.holder, urgency=urgency)
    if matter is None:
        return None
    suggested = AcceptForm(page, viewer).suggested()
    duty = duties.duty_for(case.district_id, case.class_code, case)
    limit = matter.limit
    if matter.due:
        limit = _("%(limit)s，现在派出就是 %(due)s") % {"limit": limit, "due": matter.due}
    pairs = [
        (_("类别"), f"{matter.name}（{matter.family}）"),
        (_("诉求类型"), words.label("request_kinds", case.kind)),
        (_("承办单位"), duty.lead_unit.name if duty else _("权责清单里没有，派单时选")),
        (_("办理时限"), limit),
        (_("公开摘要"), suggested["public_summary"]),
    ]
    reasons = [_("上报时选的就是这一类")]
    if duty:
        reasons.append(_("权责清单“%(name)s”由它牵头") % {"name": duty.name})
    return Advice(
        facts=[Fact(name, value) for name, value in pairs if value],
        why=_("因为：%(reasons)s。") % {"reasons": "；".join(reasons)},
        fields=(
            ("class_code", case.class_code),
            ("kind", case.kind),
            ("urgency", urgency),
            ("scale", case.scale),
            ("public_summary", suggested["public_summary"]),
        ),
    )
