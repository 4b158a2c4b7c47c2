"""拟答: like closed cases, a draft answer from them, and a check before an answer goes."""

from gezhi.methods.answer.checking.findings import CODES, Finding, check
from gezhi.methods.answer.drafting import ENOUGH, Draft, draft
from gezhi.methods.answer.facts import Slot
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
    "check",
    "draft",
]
