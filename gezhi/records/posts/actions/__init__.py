"""Verbs of posts and appointments: the only way a person gets or loses a right.

Ending an appointment is `work.handover.end_appointment`: somebody must look after what is left.
"""

from gezhi.records.posts.actions.appointing import (
    abolish_post,
    appoint,
    create_post,
    mark_ended,
    renew_password,
    update_post,
)
from gezhi.records.posts.actions.calling import (
    answer_page,
    call,
    decline_page,
    mark_silent,
    settle,
)
from gezhi.records.posts.actions.phones import OpenPhone, open_work_phone
from gezhi.records.posts.actions.rota import (
    begin_rota,
    end_rota,
    end_rotas_of,
    set_shift,
    take_back_change,
)
from gezhi.records.posts.actions.seating import post_for, seat
from gezhi.records.posts.actions.swaps import (
    agree_swap,
    ask_swap,
    refuse_swap,
    withdraw_swap,
)
from gezhi.records.posts.actions.taking_on import TakenOn, hand_out, take_back, take_on

__all__ = [
    "OpenPhone",
    "TakenOn",
    "abolish_post",
    "agree_swap",
    "answer_page",
    "appoint",
    "ask_swap",
    "begin_rota",
    "call",
    "create_post",
    "decline_page",
    "end_rota",
    "end_rotas_of",
    "hand_out",
    "mark_ended",
    "mark_silent",
    "open_work_phone",
    "post_for",
    "refuse_swap",
    "renew_password",
    "seat",
    "set_shift",
    "settle",
    "take_back",
    "take_back_change",
    "take_on",
    "update_post",
    "withdraw_swap",
]
