"""A place from words: addresses as people write them to places of a register (pure)."""

from gezhi.methods.locate.answers import Candidate, Entry, Located, Parsed, Verdict
from gezhi.methods.locate.finding import locate
from gezhi.methods.locate.gazetteer import Gazetteer
from gezhi.methods.locate.writing import words_of

__all__ = [
    "Candidate",
    "Entry",
    "Gazetteer",
    "Located",
    "Parsed",
    "Verdict",
    "locate",
    "words_of",
]
