"""What can be done in an emergency; `switching` begins and ends it."""

from gezhi.work.emergency.actions.enlisting import drop_major, enlist, name_major
from gezhi.work.emergency.actions.roll_call import answer, call_roll
from gezhi.work.emergency.actions.switching import switch_off, switch_on
from gezhi.work.emergency.actions.telling import answer_crew, decline_crew, notify

__all__ = [
    "answer",
    "answer_crew",
    "call_roll",
    "decline_crew",
    "drop_major",
    "enlist",
    "name_major",
    "notify",
    "switch_off",
    "switch_on",
]
