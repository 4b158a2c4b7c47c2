"""A routing rule as the sentence a clerk reads, and why it was the one for a case; pure."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from gezhi.records.duties.clauses import Clause
from gezhi.records.duties.rules import Chosen, Condition

_WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")


def clock_words(minutes: int) -> str:
    """540 as 9:00, 1440 as 24:00."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def day_words(day: str) -> str:
    """0501 as 5月1日."""
    return _("%(month)d月%(day)d日") % {"month": int(day[:2]), "day": int(day[2:])}


def weekday_words(weekdays: str) -> str:
    """67 as 周六、周日; "" for every day."""
    return "、".join(
        _("周%(day)s") % {"day": _WEEKDAYS[int(one) - 1]} for one in sorted(set(weekdays))
    )


def time_words(one: Condition) -> list[str]:
    """When a rule holds, part by part; nothing for always."""
    said = []
    if one.season_from:
        said.append(
            _("每年%(first)s到%(last)s")
            % {"first": day_words(one.season_from), "last": day_words(one.season_to)}
        )
    if one.weekdays:
        said.append(weekday_words(one.weekdays))
    span = f"{clock_words(one.opens)}–{clock_words(one.closes)}"
    if one.hours == "working":
        said.append(_("工作日 %(span)s") % {"span": span})
    elif one.hours == "off":
        said.append(_("工作日 %(span)s 以外（含休息日）") % {"span": span})
    return said


def condition_words(one: Condition) -> str:
    """As "工作日 9:00–17:00，水井坊社区的占道经营"."""
    said = time_words(one)
    if one.held:
        said.append(_("社区派单时") if one.held == "community" else _("街道派单时"))
    what = one.class_name or _("各类事项")
    if one.urgency_name:
        what = _("%(what)s（%(urgency)s）") % {"urgency": one.urgency_name, "what": what}
    said.append(_("%(area)s的%(what)s") % {"area": one.area_name, "what": what})
    return "，".join(said)


def outcome_words(lead: str, assists: Sequence[tuple[str, bool]], basis: str) -> str:
    """As "综合行政执法队主办，社区协办（要等）；依据…"; `assists` are names with whether the lead waits."""
    said = _("%(unit)s主办") % {"unit": lead}
    for waits, words in ((False, _("，%(units)s协办")), (True, _("，%(units)s协办（主办要等）"))):
        units = [name for name, waited in assists if waited == waits]
        if units:
            said += words % {"units": "、".join(units)}
    return said + (_("；依据：%(basis)s") % {"basis": basis} if basis else "")


def because(chosen: Chosen) -> str:
    """Why this rule: what it names that holds of the case, and what it goes before."""
    one = chosen.rule.condition
    reasons = []
    if one.class_name:
        reasons.append(_("类别在“%(name)s”里") % {"name": one.class_name})
    reasons.append(_("地点在%(area)s") % {"area": one.area_name})
    if one.urgency_name:
        reasons.append(_("紧急程度是%(urgency)s") % {"urgency": one.urgency_name})
    if one.held:
        reasons.append(_("由社区派单") if one.held == "community" else _("由街道派单"))
    reasons += [_("现在是%(time)s") % {"time": words} for words in time_words(one)]
    text = _("因为%(reasons)s") % {"reasons": "，".join(reasons)}
    if chosen.next is not None and chosen.next.lead_unit_id != chosen.rule.lead_unit_id:
        text += _("；“%(name)s”也合适，但排在后面") % {"name": chosen.next.name}
    return text


def listed_clause(name: str, list_kind: str) -> str:
    """Why a community has a matter: the row of the list."""
    return _("清单内：“%(name)s”（%(list)s），社区主办或配合") % {"name": name, "list": list_kind}


def withdrawn_clause(name: str, lead: str, basis: str) -> str:
    """Why a community has it no more: it was taken back from above."""
    said = _("“%(name)s”已由上级收回，由%(unit)s办理，不得再交给社区") % {
        "name": name,
        "unit": lead,
    }
    return said + (_("（%(basis)s）") % {"basis": basis} if basis else "")


def not_listed_clause(cited: Clause | None) -> str:
    """Why it is refused: no row gives it to the community; with the clause of the pack that says so."""
    said = _("社区的清单里没有这一项：清单以外的事，未经街道同意不得交给社区")
    if cited is None:
        return said
    names = {"said": said, "document": cited.document, "number": cited.number, "text": cited.text}
    return _("%(said)s。《%(document)s》%(number)s：“%(text)s”") % names


def allowed_clause(until: date) -> str:
    """Why it may go there although no list has it."""
    return _("街道准入，到 %(day)s 为止") % {"day": until.isoformat()}
