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
from gezhi.records.posts.actions.seating import post_for, seat
from gezhi.records.posts.actions.taking_on import TakenOn, hand_out, take_back, take_on

__all__ = [
    "TakenOn",
    "abolish_post",
    "appoint",
    "create_post",
    "hand_out",
    "mark_ended",
    "post_for",
    "renew_password",
    "seat",
    "take_back",
    "take_on",
    "update_post",
]
