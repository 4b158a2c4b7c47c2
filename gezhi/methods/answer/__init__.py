"""拟答: like closed cases, a draft answer from them, and what is found in an answer before it goes."""

from gezhi.methods.answer.drafting import ENOUGH, Draft, draft
from gezhi.methods.answer.facts import Slot
from gezhi.methods.answer.findings.finding import CODES, Finding, findings_of
from gezhi.methods.answer.shelf import Found, Shelf, Source

__all__ = [
    "CODES",
    "ENOUGH",
    "Draft",
    "Finding",
    "Found",
    "Shelf",
    "Slot",
    "Source",
    "draft",
    "findings_of",
]
