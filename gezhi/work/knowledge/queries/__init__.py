"""What the knowledge base answers: lists for its pages, entries for a question, templates for a step."""

from gezhi.work.knowledge.queries.batches import Imported, drafts_of, imported, imported_with
from gezhi.work.knowledge.queries.choosing import (
    get_template,
    slot_names,
    templates,
    templates_for,
)
from gezhi.work.knowledge.queries.listing import (
    articles,
    counts,
    get,
    may_change,
    may_review,
    versions_of,
)
from gezhi.work.knowledge.queries.offering import (
    Offered,
    did_you_mean,
    for_case,
    for_words,
    seen_by_staff,
)

__all__ = [
    "Imported",
    "Offered",
    "articles",
    "counts",
    "did_you_mean",
    "drafts_of",
    "for_case",
    "for_words",
    "get",
    "get_template",
    "imported",
    "imported_with",
    "may_change",
    "may_review",
    "seen_by_staff",
    "slot_names",
    "templates",
    "templates_for",
    "versions_of",
]
