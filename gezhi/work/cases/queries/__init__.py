"""Questions about cases; each takes the viewer first, or a reporter's number and code."""

from gezhi.work.cases.queries.again import case_sent_again, page_sent_again, was_sent
from gezhi.work.cases.queries.confidential import (
    KeptListing,
    KeptRow,
    confidential_case,
    confidential_cases,
    confidential_count,
)
from gezhi.work.cases.queries.detail import CasePage, case_page, get
from gezhi.work.cases.queries.filters import IN_NO_COMMUNITY, Filters, kept
from gezhi.work.cases.queries.frequent import frequent_classes
from gezhi.work.cases.queries.numbered import (
    id_of_case,
    numbers_of_cases,
    numbers_of_reports,
)
from gezhi.work.cases.queries.orders import Order
from gezhi.work.cases.queries.oversight import (
    CallLine,
    SupervisionLine,
    WhistleLine,
    last_supervision,
    last_whistle,
    outstanding_calls,
    possible_supervisors,
    supervision,
    whistle_of,
)
from gezhi.work.cases.queries.past import PastChoice, past_choice
from gezhi.work.cases.queries.possible import possible_deeds, refusal_of
from gezhi.work.cases.queries.queues import (
    QUEUES,
    Listing,
    counts,
    every,
    listing,
    orders_of,
    queues_for,
    reported_by,
)
from gezhi.work.cases.queries.rows import CaseRow
from gezhi.work.cases.queries.rulings import RulingLine, last_ruling
from gezhi.work.cases.queries.track import (
    SimilarCard,
    Tracked,
    also_met,
    joinable,
    joinable_among,
    report_by_code,
    tracked,
)
from gezhi.work.cases.queries.visible import visible_to, worded_to

__all__ = [
    "IN_NO_COMMUNITY",
    "QUEUES",
    "CallLine",
    "CasePage",
    "CaseRow",
    "Filters",
    "KeptListing",
    "KeptRow",
    "Listing",
    "Order",
    "PastChoice",
    "RulingLine",
    "SimilarCard",
    "SupervisionLine",
    "Tracked",
    "WhistleLine",
    "also_met",
    "case_page",
    "case_sent_again",
    "confidential_case",
    "confidential_cases",
    "confidential_count",
    "counts",
    "every",
    "frequent_classes",
    "get",
    "id_of_case",
    "joinable",
    "joinable_among",
    "kept",
    "last_ruling",
    "last_supervision",
    "last_whistle",
    "listing",
    "numbers_of_cases",
    "numbers_of_reports",
    "orders_of",
    "outstanding_calls",
    "page_sent_again",
    "past_choice",
    "possible_deeds",
    "possible_supervisors",
    "queues_for",
    "refusal_of",
    "report_by_code",
    "reported_by",
    "supervision",
    "tracked",
    "visible_to",
    "was_sent",
    "whistle_of",
    "worded_to",
]
