"""What a message is about, with an honest confidence (pure: no database, no web).

`gezhi.methods.classify.train` learns a model: a matter of a minute, for a worker; nothing here
imports it.
"""

from gezhi.methods.classify.keywords import KeywordRules, Keywords
from gezhi.methods.classify.measures import Evaluation, OfLabel, evaluate
from gezhi.methods.classify.model import Model, Unreadable
from gezhi.methods.classify.prediction import Prediction

__all__ = [
    "Evaluation",
    "KeywordRules",
    "Keywords",
    "Model",
    "OfLabel",
    "Prediction",
    "Unreadable",
    "evaluate",
]
