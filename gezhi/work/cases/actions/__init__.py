"""Every deed of a case (design §3), one public name each."""

from gezhi.work.cases.actions.ending import Outcome, archive, check, close, pass_on_the_spot
from gezhi.work.cases.actions.erasing import Held, erase_reporter, held_of
from gezhi.work.cases.actions.handling import (
    dispatch,
    finish,
    return_to_centre,
    take,
)
from gezhi.work.cases.actions.intake import (
    accept,
    answer,
    ask,
    merge,
    reject,
    summarize,
    verify,
)
from gezhi.work.cases.actions.moving import hand_over, lift, recompute
from gezhi.work.cases.actions.on_the_spot import handle_on_the_spot, report_on_the_spot
from gezhi.work.cases.actions.placing import relocate
from gezhi.work.cases.actions.report import (
    Contact,
    Intake,
    Origin,
    Receipt,
    Where,
    checked,
    join,
    report,
)
from gezhi.work.cases.actions.restricting import restrict
from gezhi.work.cases.actions.reveal import (
    OpenContact,
    open_case,
    recognize_caller,
    reveal_contact,
)
from gezhi.work.cases.actions.voice import add_word, contact, rate, reopen, urge

__all__ = [
    "Contact",
    "Held",
    "Intake",
    "OpenContact",
    "Origin",
    "Outcome",
    "Receipt",
    "Where",
    "accept",
    "add_word",
    "answer",
    "archive",
    "ask",
    "check",
    "checked",
    "close",
    "contact",
    "dispatch",
    "erase_reporter",
    "finish",
    "hand_over",
    "handle_on_the_spot",
    "held_of",
    "join",
    "lift",
    "merge",
    "open_case",
    "pass_on_the_spot",
    "rate",
    "recognize_caller",
    "recompute",
    "reject",
    "relocate",
    "reopen",
    "report",
    "report_on_the_spot",
    "restrict",
    "return_to_centre",
    "reveal_contact",
    "summarize",
    "take",
    "urge",
    "verify",
]
