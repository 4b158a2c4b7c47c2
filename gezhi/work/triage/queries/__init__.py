"""Questions about advice and what value it had; the viewer first."""

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
    draft_for,
    findings_in,
)
from gezhi.work.triage.queries.hot_topics import (
    TopicMemberView,
    TopicPage,
    TopicView,
    topic,
    topics,
)
from gezhi.work.triage.queries.labels import codes_of_labels
from gezhi.work.triage.queries.similar import (
    LikelyCase,
    SimilarCase,
    similar_cases,
    similar_to,
)
from gezhi.work.triage.queries.value import (
    ModelView,
    ToleranceView,
    ValueMonth,
    ValuePage,
    ValueRow,
    tolerances,
    trained_models,
    value_of_advice,
)

__all__ = [
    "AdviceView",
    "Alternative",
    "AnswerNote",
    "CaseAdvice",
    "DraftSlot",
    "DraftSource",
    "DraftView",
    "LikelyCase",
    "ModelView",
    "SimilarCase",
    "ToleranceView",
    "TopicMemberView",
    "TopicPage",
    "TopicView",
    "ValueMonth",
    "ValuePage",
    "ValueRow",
    "advice_for_case",
    "codes_of_labels",
    "draft_for",
    "findings_in",
    "similar_cases",
    "similar_to",
    "tolerances",
    "topic",
    "topics",
    "trained_models",
    "value_of_advice",
]
