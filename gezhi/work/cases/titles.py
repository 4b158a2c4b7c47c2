"""What a case is called: the reporter's own words, from the first minute to the file on paper.

Pure. Class, place and state stand beside a title and never replace it; what neighbors may read is
the public summary, which is no title. Titles are for staff: they may hold somebody's own words.
"""

from gezhi.kernel.digits import case_number
from gezhi.kernel.words import shown as words_shown

# As many signs as a row keeps, and as many as a line shows.
KEPT = 80
SHOWN = 40

_SENTENCE_ENDS = "。！？!?；;"
_CLAUSE_ENDS = "，,、：: "
# A title shorter than this says too little: rather cut inside the sentence.
_LEAST = 12


def kept(words: str) -> str:
    """What a case keeps of the words as its title: one line, at most 80 signs."""
    return " ".join(words.split())[:KEPT]


def shown(words: str) -> str:
    """The title as every page shows it: cut behind a sentence, else behind a clause, with "…"."""
    words = " ".join(words_shown(words).split())
    if len(words) <= SHOWN:
        return words
    head = words[:SHOWN]
    for ends in (_SENTENCE_ENDS, _CLAUSE_ENDS):
        at = max(head.rfind(sign) for sign in ends)
        if at >= _LEAST:
            return f"{head[:at]}…"
    return f"{head[:-1]}…"


def title_of(words: str, class_name: str, number: str) -> str:
    """What a case is called; by its class, else by its number, once its words were erased."""
    return shown(words) or class_name or case_number(number)
