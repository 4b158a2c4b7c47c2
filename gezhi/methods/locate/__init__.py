"""A place from words: addresses as people write them to places of a register (pure)."""

from gezhi.methods.locate.answers import Candidate, Entry, Located, Parsed, Verdict
from gezhi.methods.locate.areas import AreaName, AreaNames
from gezhi.methods.locate.finding import locate, shortened
from gezhi.methods.locate.gazetteer import Gazetteer
from gezhi.methods.locate.writing import words_of

__all__ = [
    "AreaName",
    "AreaNames",
    "Candidate",
    "Entry",
    "Gazetteer",
    "Located",
    "Parsed",
    "Verdict",
    "locate",
    "shortened",
    "words_of",
]
