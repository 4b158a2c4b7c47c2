"""Advice in a clerk's words: how sure it is, what spoke for it, what else it may be.

Advice that abstained, or that is likelier wrong than right, is said to be unsure and is never put
into a form: `offered` is the one place that decides it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.shell.parts import Fact
from gezhi.work.cases.queries import CasePage
from gezhi.work.triage.queries import AdviceView, Alternative

SURE = {
    "sure": gettext_lazy("把握大"),
    "fair": gettext_lazy("把握一般"),
    "unsure": gettext_lazy("拿不准"),
}
UNSURE = gettext_lazy("拿不准，请您选")
SHOWN_OTHERS = 2
# The rest is marked in the words themselves.
SHOWN_WORDS = 3
# In percent: a guess below it is noise, as a line to read and as a choice to press.
LEAST_SAID = 5
# Unsure advice whose best guess is below it is a list of equals: reading it helps nobody.
LEAST_BEST = 20


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of somebody's words; `spoke` where it spoke for the advice."""

    text: str
    spoke: bool


def offered(view: AdviceView | None) -> bool:
    """Whether advice may stand chosen in a form; never when it is not sure of itself."""
    return view is not None and view.band != "unsure" and bool(view.name)


def sure_words(view: AdviceView) -> str:
    """As "把握大（92%）", or "拿不准，请您选"."""
    if not offered(view):
        return str(UNSURE)
    return _("%(sure)s（%(percent)d%%）") % {"sure": SURE[view.band], "percent": view.percent}


def line_words(view: AdviceView) -> str:
    """One piece of advice as one line: what, how sure, why, what else it may be."""
    if not offered(view):
        likeliest = _likeliest(view)
        if not likeliest or likeliest[0].percent < LEAST_BEST:
            return str(UNSURE)
        return _("%(unsure)s。最像的：%(others)s") % {
            "unsure": UNSURE,
            "others": _listed(likeliest),
        }
    parts = [f"{view.name}，{sure_words(view)}", because(view)]
    rest = _listed(others(view))
    if rest:
        parts.append(_("也可能是%(others)s") % {"others": rest})
    return "；".join(part for part in parts if part)


def has_refused(view: AdviceView | None, page: CasePage) -> bool:
    """Whether the advised unit returned the case in this round: then it is advised no more."""
    return view is not None and view.code in {str(unit) for unit in page.refused_by}


def unit_words(view: AdviceView, page: CasePage) -> str:
    """Advice on the unit as one line; of one that returned the case only that it did, and what
    else it may be."""
    if not has_refused(view, page):
        return line_words(view)
    refused = {str(unit) for unit in page.refused_by}
    rest = _listed([one for one in others(view) if one.code not in refused])
    line = _("%(unit)s刚退回过，不再建议") % {"unit": view.name}
    return "；".join([line, _("也可能是%(others)s") % {"others": rest}]) if rest else line


def facts(rows: Iterable[tuple[str, AdviceView | None, str]]) -> list[Fact]:
    """Advice by question, as (name, advice, what is chosen already), for a definition list.

    Where somebody has chosen, an unsure guess is left out: it would only ask again.
    """
    return [
        Fact(name, line_words(view))
        for name, view, chosen in rows
        if view is not None and (offered(view) or not chosen)
    ]


def because(view: AdviceView) -> str:
    """What spoke for it; "" when nothing in words did."""
    if not view.words:
        return ""
    if view.method == "duty":
        return _("因为权责清单“%(name)s”由它牵头") % {"name": view.words[0]}
    if view.method == "route":
        return _("因为派单规则“%(name)s”由它主办") % {"name": view.words[0]}
    said = "".join(f"“{word}”" for word in _apart(view.words)[:SHOWN_WORDS])
    if view.method == "rules":
        return _("因为说到%(words)s（按类别的关键词，还没有学过本单位的事）") % {"words": said}
    return _("因为说到%(words)s") % {"words": said}


def _apart(words: Sequence[str]) -> list[str]:
    """The words without those that say most of an earlier one again."""
    kept: list[str] = []
    for word in words:
        runs = {word[at : at + 3] for at in range(max(1, len(word) - 2))}
        if not any(run in earlier for run in runs for earlier in kept):
            kept.append(word)
    return kept


def others(view: AdviceView) -> tuple[Alternative, ...]:
    """The next two after the advised one, as far as they are worth a look."""
    rest = [one for one in _worth_a_look(view) if one.code != view.code]
    return tuple(rest[:SHOWN_OTHERS])


def _likeliest(view: AdviceView) -> tuple[Alternative, ...]:
    """What unsure advice leaves to choose from: its best guesses, none of them singled out."""
    return tuple(_worth_a_look(view)[: SHOWN_OTHERS + 1])


def likeliest_names(view: AdviceView | None) -> list[str]:
    """The names of its best guesses, as far as they are worth a look."""
    return [one.name for one in _likeliest(view)] if view is not None else []


def _worth_a_look(view: AdviceView) -> list[Alternative]:
    return [one for one in view.alternatives if one.name and one.percent >= LEAST_SAID]


def choices(view: AdviceView | None) -> dict[str, str]:
    """Codes that may be chosen at one click with the word that stands beside each, best first."""
    if view is None:
        return {}
    if not offered(view):
        return {one.code: _mark(_("可能"), one.percent) for one in _likeliest(view)}
    first = {view.code: _mark(_("建议"), view.percent)}
    return first | {one.code: _mark(_("也可能"), one.percent) for one in others(view)}


def _mark(word: str, percent: int) -> str:
    return f"{word} {percent}%"


def _listed(rows: Sequence[Alternative]) -> str:
    return "、".join(f"{one.name} {one.percent}%" for one in rows)


def marked(text: str, spoke: Sequence[str]) -> tuple[Part, ...]:
    """The text in stretches, those that spoke for the advice apart; nothing is added or lost."""
    wanted = sorted({word for word in spoke if word.strip()}, key=len, reverse=True)
    if not text or not wanted:
        return (Part(text, False),) if text else ()
    pattern = re.compile("|".join(re.escape(word) for word in wanted), re.IGNORECASE)
    parts: list[Part] = []
    end = 0
    for found in pattern.finditer(text):
        if found.start() > end:
            parts.append(Part(text[end : found.start()], False))
        parts.append(Part(found.group(), True))
        end = found.end()
    if end < len(text):
        parts.append(Part(text[end:], False))
    return tuple(parts)
