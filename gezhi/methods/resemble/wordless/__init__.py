"""Duplicates without words: how likely a request repeats an earlier one, by place, time and type.

A `Forest` is trained elsewhere (`benchmarks.resemble.training`, scikit-learn) and asked by numpy alone.
"""

from gezhi.methods.resemble.wordless.features import NAMES, describe
from gezhi.methods.resemble.wordless.forest import Forest
from gezhi.methods.resemble.wordless.history import History, Request

__all__ = ["NAMES", "Forest", "History", "Request", "describe"]
