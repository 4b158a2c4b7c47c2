"""What the system would do with a case, and why: shown where people decide, never done by itself."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gezhi.faces.desk.cases.advice_words import (
    has_refused,
    likeliest_names,
    line_words,
    offered,
    unit_words,
)
from gezhi.faces.desk.cases.deeds import classes
from gezhi.faces.desk.cases.deeds.accepting import AcceptForm
from gezhi.faces.desk.cases.deeds.relocating import place_words, takes_place
from gezhi.faces.shell import terms
from gezhi.faces.shell.parts import Fact
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import queries as duties
from gezhi.records.duties.queries import Routing
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.rules import Deed
from gezhi.work.triage.queries import AdviceView, CaseAdvice, advice_for_case


@dataclass(frozen=True, slots=True)
class Advice:
    """What is advised for the next deed of a case, with the reasons.

    `fields` accept the case at one press; empty where the system is not sure enough or the next
    deed is another one. `spoke` are words of the report that spoke for it.
    """

    facts: list[Fact]
    why: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    spoke: tuple[str, ...] = ()


def advice(viewer: Viewer, page: CasePage) -> Advice | None:
    """The advice for a case that can be accepted or sent now; None where there is none (yet)."""
    if Deed.ACCEPT in page.deeds:
        return _to_accept(viewer, page)
    if Deed.DISPATCH in page.deeds:
        return _to_dispatch(viewer, page)
    return None


def _to_accept(viewer: Viewer, page: CasePage) -> Advice | None:
    form = AcceptForm(page, viewer)
    suggested, advised = form.suggested(), form.advised
    code = str(suggested["class_code"])
    urgency = page.case.urgency or "ordinary"
    found = duties.route_for(
        page.case.district_id,
        code,
        page.case,
        clock.now(),
        urgency,
        held_by=page.case.holder_id,
    )
    class_row = classes.by_code(
        code,
        unit=found.lead_unit if found else None,
        urgency=urgency,
        since=page.case.reported_at,
    )
    if class_row is None:
        told = [*form.advised_facts, *_place(page, advised.of_place)]
        return Advice(told, spoke=_spoke(advised)) if told else None
    limit = class_row.limit
    if class_row.due:
        limit = _("%(limit)s，现在派出就是 %(due)s") % {"limit": limit, "due": class_row.due}
    pairs = [
        (_("类别"), _class_words(class_row, advised.of_class)),
        (_("诉求类型"), _kind_words(str(suggested["kind"]), advised.of_kind)),
        (_("承办单位"), found.lead_unit.name if found else _("权责清单里没有，派单时选")),
        (_("办理时限"), limit),
        (_("公开摘要"), suggested["public_summary"]),
    ]
    return Advice(
        facts=[
            *(Fact(name, value) for name, value in pairs if value),
            *_place(page, advised.of_place),
        ],
        why=_why(page, found, advised.of_class),
        # Accepted without a kind it would stay without one: no deed names it later.
        fields=_fields(page, suggested) if suggested["kind"] else (),
        spoke=_spoke(advised),
    )


def _place(page: CasePage, view: AdviceView | None) -> list[Fact]:
    """What one press writes the case down at, if the advice is sure and knows better than what was
    reported; else what a case that came without a place may be at."""
    if view is None:
        return []
    if takes_place(page.case, view):
        return [Fact(_("地点"), _("记在 %(place)s") % {"place": place_words(view)})]
    if page.case.place_id is None and (likely := likeliest_names(view)):
        words = _("像是 %(places)s，受理时可以选") % {"places": "、".join(likely)}
        return [Fact(_("地点"), words)]
    return []


def _fields(page: CasePage, suggested: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return (
        ("place_id", str(suggested["place_id"])),
        ("class_code", str(suggested["class_code"])),
        ("kind", str(suggested["kind"])),
        ("urgency", page.case.urgency or "ordinary"),
        ("scale", page.case.scale),
        ("public_summary", str(suggested["public_summary"])),
    )


def _class_words(class_row: classes.ClassRow, view: AdviceView | None) -> str:
    name = f"{class_row.name}（{class_row.family}）"
    if view is None or view.code != class_row.code:
        return name
    said = line_words(view).removeprefix(view.name)
    return f"{name}{said}" if offered(view) else name


def _kind_words(kind: str, view: AdviceView | None) -> str:
    if view is not None and (not kind or (view.code == kind and offered(view))):
        return line_words(view)
    return terms.label("request_kinds", kind)


def _why(page: CasePage, found: Routing | None, view: AdviceView | None) -> str:
    """The reasons that are not said beside the advice itself."""
    reasons = [_("上报时选的就是这一类")] if page.case.class_code else []
    if found is not None and found.is_rule:
        reasons.append(_("派单规则“%(name)s”由它主办") % {"name": found.name})
    elif found is not None:
        reasons.append(_("权责清单“%(name)s”由它牵头") % {"name": found.name})
    text = _("因为：%(reasons)s。") % {"reasons": "；".join(reasons)} if reasons else ""
    if view is not None and page.case.class_code not in ("", view.code) and offered(view):
        text += _("看文字更像“%(name)s”，不对请改了再受理。") % {"name": view.name}
    return text


def _to_dispatch(viewer: Viewer, page: CasePage) -> Advice | None:
    advised = advice_for_case(viewer, page.case)
    if advised.of_unit is None:
        return None
    told = advised.of_unit.method not in ("duty", "route") and not has_refused(
        advised.of_unit, page
    )
    spoke = advised.of_unit.words if told else ()
    return Advice([Fact(_("承办单位"), unit_words(advised.of_unit, page))], spoke=spoke)


def _spoke(advised: CaseAdvice) -> tuple[str, ...]:
    """Words that spoke for what is advised; a guess that is not said marks nothing."""
    views = [view for view in (advised.of_class, advised.of_kind) if view and offered(view)]
    return tuple(dict.fromkeys(word for view in views for word in view.words))
