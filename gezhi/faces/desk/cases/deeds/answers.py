"""Answer templates, the office's own and those of the packs (dictionary `answers`): words to begin with, never sent unread.

What the case knows stands in them already; what only the clerk knows (the day of a visit, who else
is in charge, what was promised until when) is left as a gap in brackets, and words with a gap are
refused.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gezhi.faces.shell import moments
from gezhi.ground.codes import queries as codes
from gezhi.kernel.viewer import Viewer
from gezhi.methods.answer.facts import WORDS
from gezhi.work.cases.queries import CasePage
from gezhi.work.knowledge.queries import templates_for

_SLOT = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """One template with what is known filled in."""

    code: str
    name: str
    text: str


def templates(viewer: Viewer, deed: str, page: CasePage) -> Sequence[Template]:
    """The templates for a deed: the office's own for the class, then those of the packs for the
    family of the class, in order.

    A case without a class may still be of any family.
    """
    class_term = codes.term("matters", page.case.class_code, pack_id=page.case.pack_id)
    families = ("", str(class_term.data.get("family", ""))) if class_term else None
    # The basis of the duty says why the unit is in charge, not by what rule it answers.
    filling = {slot: words for slot, words in known(page).items() if slot != "basis"}
    own = [
        Template(str(row.pk), row.name, _filled(row.text, filling))
        for row in templates_for(viewer, deed, page.case.class_code)
    ]
    return own + [
        Template(term.code, term.label, _filled(str(term.data.get("text", "")), filling))
        for term in codes.terms("answers")
        if term.data.get("deed") == deed
        and (families is None or term.data.get("family", "") in families)
    ]


def known(page: CasePage) -> dict[str, str]:
    """What the case itself knows of the gaps; a time with its date, for it is read on another day.

    No day and no place to go to: when something was done, and where one has to go, it does not know.
    """
    row, unit = page.row, page.case.holder
    basis = next((one.duty_basis for one in page.assignments if one.duty_basis), "")
    return {
        "unit": row.holder_name,
        "place": row.place_words or page.place_name,
        "matter": row.class_name,
        "due": moments.dated_until(row.due_at) if row.due_at else "",
        "basis": basis,
        "contact": unit.public_phone if unit else "",
        "days": f"{codes.figure('reopen_days'):g}",
    }


def _filled(text: str, known: dict[str, str]) -> str:
    return _SLOT.sub(lambda slot: known.get(slot[1]) or gap(slot[1]), text)


def gap(slot: str) -> str:
    """How a gap stands in the text: its name in brackets."""
    row = codes.term("answer_slots", slot)
    return f"【{row.label if row else slot}】"


def gaps_in(text: str) -> list[str]:
    """The names of gaps nobody filled, each once; such words must not go out."""
    # Those a draft leaves open are gaps whatever the packs in force call theirs.
    names = {row.label for row in codes.terms("answer_slots")} | set(WORDS.values())
    found = re.findall(r"【([^】]{1,20})】", text)
    return list(dict.fromkeys(name for name in found if name in names))
