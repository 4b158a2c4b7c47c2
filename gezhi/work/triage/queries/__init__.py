"""Questions about advice and what it was worth; the viewer first."""

from gezhi.work.triage.queries.advice import (
    AdviceView,
    Alternative,
    CaseAdvice,
    advice_for_case,
)
from gezhi.work.triage.queries.answers import (
    AnswerNote,
    DraftSlot,
    DraftSource,
    DraftView,
    check_answer,
    draft_for,
)
from gezhi.work.triage.queries.labels import codes_of_labels
from gezhi.work.triage.queries.similar import (
    SimilarCase,
    SimilarMatter,
    similar_cases,
    similar_to,
)
from gezhi.work.triage.queries.topics import (
    TopicMemberView,
    TopicPage,
    TopicView,
    topic,
    topics,
)
from gezhi.work.triage.queries.worth import (
    ModelView,
    ToleranceView,
    WorthMonth,
    WorthPage,
    WorthRow,
    tolerances,
    trained_models,
    worth,
)

__all__ = [
    "AdviceView",
    "Alternative",
    "AnswerNote",
    "CaseAdvice",
    "DraftSlot",
    "DraftSource",
    "DraftView",
    "ModelView",
    "SimilarCase",
    "SimilarMatter",
    "ToleranceView",
    "TopicMemberView",
    "TopicPage",
    "TopicView",
    "WorthMonth",
    "WorthPage",
    "WorthRow",
    "advice_for_case",
    "check_answer",
    "codes_of_labels",
    "draft_for",
    "similar_cases",
    "similar_to",
    "tolerances",
    "topic",
    "topics",
    "trained_models",
    "worth",
]
