"""Tables of triage: advice and its words, what was learnt, fingerprints, topics, figures."""

from gezhi.work.triage.models.advice import GIVEN, Advice, AdviceWords
from gezhi.work.triage.models.fingerprints import Fingerprint
from gezhi.work.triage.models.learning import Alias, AliasUse, Tolerance, TrainedModel
from gezhi.work.triage.models.topics import Topic, TopicMember
from gezhi.work.triage.models.value import AdviceValue

__all__ = [
    "GIVEN",
    "Advice",
    "AdviceValue",
    "AdviceWords",
    "Alias",
    "AliasUse",
    "Fingerprint",
    "Tolerance",
    "Topic",
    "TopicMember",
    "TrainedModel",
]
