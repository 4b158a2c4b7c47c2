"""The clauses that a refused admission cites: document, number and words, from the pack in force."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gezhi.ground.codes import queries as codes
from gezhi.ground.codes.queries import TermRow
from gezhi.ground.codes.rules import RowOfTerm
from gezhi.kernel.errors import Invalid

DICTIONARY = "admission_clauses"
NOT_LISTED = "not_listed"
# With the sentence around it a clause fits its column (`Admission.clause`).
_LONGEST = {"document": 60, "number": 30, "text": 250}


@dataclass(frozen=True, slots=True)
class Clause:
    """What is cited: which document, its number ("" where it has none), and its words."""

    document: str
    number: str
    text: str


def read(row: RowOfTerm | TermRow) -> Clause:
    """The clause of a row; refuses (Invalid) one without document or words, and one too long to be
    kept with an answer."""
    found = {name: row.data.get(name, "") for name in _LONGEST}
    for name in ("document", "text"):
        if not found[name]:
            raise Invalid(
                _("%(name)s 没有写；准入条款要写文件名（document）和原文（text）") % {"name": name},
                field=name,
            )
    for name, most in _LONGEST.items():
        if len(found[name]) > most:
            raise Invalid(
                _("%(name)s 太长，最多 %(most)d 个字；原文请只摘要引用的那一句")
                % {"name": name, "most": most},
                field=name,
            )
    return Clause(**found)


def clause(code: str) -> Clause | None:
    """The clause in force for a kind of answer; None where no pack has it."""
    row = codes.term(DICTIONARY, code)
    return read(row) if row else None
