"""Verbs of the duty list, of the rules that route by it, of what communities are let in for."""

from gezhi.records.duties.actions.admitting import allow_admission, ask_admission
from gezhi.records.duties.actions.drafting import RouteWanted, change_draft, draft_route, drop_draft
from gezhi.records.duties.actions.duty_rows import add_duty, end_duty
from gezhi.records.duties.actions.enacting import enact_routes, end_route
from gezhi.records.duties.actions.handing_over import hand_over, hand_over_routes

__all__ = [
    "RouteWanted",
    "add_duty",
    "allow_admission",
    "ask_admission",
    "change_draft",
    "draft_route",
    "drop_draft",
    "enact_routes",
    "end_duty",
    "end_route",
    "hand_over",
    "hand_over_routes",
]
