"""Verbs of packs: imported whole, changed into a next version, put in force, taken back."""

from gezhi.ground.codes.actions.amending import amend, refuse_overtaken, return_to, valid_reason
from gezhi.ground.codes.actions.enacting import enact_due, withdraw
from gezhi.ground.codes.actions.importing import ImportResult, diff_pack, import_pack

__all__ = [
    "ImportResult",
    "amend",
    "diff_pack",
    "enact_due",
    "import_pack",
    "refuse_overtaken",
    "return_to",
    "valid_reason",
    "withdraw",
]
