"""Verbs of packs: imported whole, changed into a next version, put in force, taken back."""

from gezhi.ground.codes.actions.amending import amend, check_free, checked_reason, return_to
from gezhi.ground.codes.actions.enacting import enact_due, withdraw
from gezhi.ground.codes.actions.importing import ImportResult, diff_pack, import_pack

__all__ = [
    "ImportResult",
    "amend",
    "check_free",
    "checked_reason",
    "diff_pack",
    "enact_due",
    "import_pack",
    "return_to",
    "withdraw",
]
