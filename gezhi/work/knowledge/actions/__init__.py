"""Verbs of the knowledge base: entries written, reviewed and ended; templates."""

from gezhi.work.knowledge.actions.reviewing import (
    confirm,
    end_expired,
    publish,
    publish_batch,
    publish_each,
    send_back,
    withdraw,
)
from gezhi.work.knowledge.actions.templates import end_template, write_template
from gezhi.work.knowledge.actions.writing import drop, take_back, write

__all__ = [
    "confirm",
    "drop",
    "end_expired",
    "end_template",
    "publish",
    "publish_batch",
    "publish_each",
    "send_back",
    "take_back",
    "withdraw",
    "write",
    "write_template",
]
