"""Every deed of a case (design §3), one public name each; `deeds/` has a file for each."""

from gezhi.work.cases.actions.calls import answer_call, decline_call
from gezhi.work.cases.actions.erasing import Held, erase_reporter, held_of
from gezhi.work.cases.actions.precedents import end_precedent
from gezhi.work.cases.actions.reveal import (
    OpenContact,
    open_case,
    recognize_caller,
    reveal_contact,
)
from gezhi.work.cases.appealing import Counted
from gezhi.work.cases.deeds.accept import accept
from gezhi.work.cases.deeds.add_word import add_word
from gezhi.work.cases.deeds.amend import amend
from gezhi.work.cases.deeds.answer import answer
from gezhi.work.cases.deeds.appeal import appeal
from gezhi.work.cases.deeds.archive import archive
from gezhi.work.cases.deeds.arrive import arrive
from gezhi.work.cases.deeds.ask import ask
from gezhi.work.cases.deeds.ask_to_extend import ask_to_extend
from gezhi.work.cases.deeds.ask_to_hang import ask_to_hang
from gezhi.work.cases.deeds.assist import assist
from gezhi.work.cases.deeds.call_back import call_back
from gezhi.work.cases.deeds.check import check
from gezhi.work.cases.deeds.close import close
from gezhi.work.cases.deeds.contact import contact
from gezhi.work.cases.deeds.decide import decide
from gezhi.work.cases.deeds.discharge import discharge
from gezhi.work.cases.deeds.dispatch import dispatch, dispatch_each
from gezhi.work.cases.deeds.dispute import dispute
from gezhi.work.cases.deeds.enlist import enlist
from gezhi.work.cases.deeds.escalate import escalate, escalate_by_rule
from gezhi.work.cases.deeds.exclude import exclude
from gezhi.work.cases.deeds.extend import extend
from gezhi.work.cases.deeds.finish import finish
from gezhi.work.cases.deeds.force_close import force_close
from gezhi.work.cases.deeds.hand_over import hand_over
from gezhi.work.cases.deeds.handle_on_the_spot import handle_on_the_spot, report_on_the_spot
from gezhi.work.cases.deeds.hang import hang
from gezhi.work.cases.deeds.include import include
from gezhi.work.cases.deeds.inquire import inquire
from gezhi.work.cases.deeds.invite import invite
from gezhi.work.cases.deeds.join import join
from gezhi.work.cases.deeds.lift import lift
from gezhi.work.cases.deeds.merge import merge
from gezhi.work.cases.deeds.pass_ import Outcome, pass_on_the_spot
from gezhi.work.cases.deeds.rate import rate
from gezhi.work.cases.deeds.recompute import recompute
from gezhi.work.cases.deeds.reject import reject
from gezhi.work.cases.deeds.relocate import relocate
from gezhi.work.cases.deeds.reopen import reopen
from gezhi.work.cases.deeds.report import report
from gezhi.work.cases.deeds.report_to_supervisor import report_to_supervisor
from gezhi.work.cases.deeds.respond import respond
from gezhi.work.cases.deeds.restrict import restrict
from gezhi.work.cases.deeds.resume import resume
from gezhi.work.cases.deeds.return_ import return_to_centre
from gezhi.work.cases.deeds.review import review
from gezhi.work.cases.deeds.revoke import revoke
from gezhi.work.cases.deeds.rule import PrecedentAsked, rule
from gezhi.work.cases.deeds.score import score
from gezhi.work.cases.deeds.stand_down import stand_down
from gezhi.work.cases.deeds.summarize import summarize
from gezhi.work.cases.deeds.supervise import supervise
from gezhi.work.cases.deeds.take import take
from gezhi.work.cases.deeds.urge import urge, urge_by_clock, urge_holder
from gezhi.work.cases.deeds.verify import verify
from gezhi.work.cases.deeds.whistle import whistle
from gezhi.work.cases.intake.report_text import Contact, Intake, Origin, Receipt, Where
from gezhi.work.cases.intake.validating import MOST_PHOTOS, valid_intake

__all__ = [
    "MOST_PHOTOS",
    "Contact",
    "Counted",
    "Held",
    "Intake",
    "OpenContact",
    "Origin",
    "Outcome",
    "PrecedentAsked",
    "Receipt",
    "Where",
    "accept",
    "add_word",
    "amend",
    "answer",
    "answer_call",
    "appeal",
    "archive",
    "arrive",
    "ask",
    "ask_to_extend",
    "ask_to_hang",
    "assist",
    "call_back",
    "check",
    "close",
    "contact",
    "decide",
    "decline_call",
    "discharge",
    "dispatch",
    "dispatch_each",
    "dispute",
    "end_precedent",
    "enlist",
    "erase_reporter",
    "escalate",
    "escalate_by_rule",
    "exclude",
    "extend",
    "finish",
    "force_close",
    "hand_over",
    "handle_on_the_spot",
    "hang",
    "held_of",
    "include",
    "inquire",
    "invite",
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
    "report_to_supervisor",
    "respond",
    "restrict",
    "resume",
    "return_to_centre",
    "reveal_contact",
    "review",
    "revoke",
    "rule",
    "score",
    "stand_down",
    "summarize",
    "supervise",
    "take",
    "urge",
    "urge_by_clock",
    "urge_holder",
    "valid_intake",
    "verify",
    "whistle",
]
