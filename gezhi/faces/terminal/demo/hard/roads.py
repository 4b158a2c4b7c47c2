"""Which hard roads a demo of so many cases has."""

from typing import Final

from gezhi.faces.terminal.demo.hard.acts import Road
from gezhi.faces.terminal.demo.hard.delays import EXTENSIONS, HANGS
from gezhi.faces.terminal.demo.hard.disputes import APPEALS, RULINGS, UPWARD
from gezhi.faces.terminal.demo.hard.together import ASSISTS, SUPERVISIONS, WHISTLES

_KINDS: Final = (HANGS, EXTENSIONS, ASSISTS, SUPERVISIONS, WHISTLES, RULINGS, APPEALS, UPWARD)
# Once each in three hundred cases; of few cases one in so many, of each kind in turn.
_WHOLE: Final = 300
_ONE_IN: Final = 8
# With fewer there is no room beside one case of every fate.
_LEAST: Final = 20


def _in_turn() -> tuple[Road, ...]:
    longest = max(len(kind) for kind in _KINDS)
    return tuple(kind[place] for place in range(longest) for kind in _KINDS if place < len(kind))


ROADS: Final = _in_turn()


def roads_for(cases: int) -> list[Road]:
    """The hard roads among so many cases: all of them from three hundred on, and again for every
    three hundred more."""
    if cases < _LEAST:
        return []
    if cases < _WHOLE:
        return list(ROADS[: cases // _ONE_IN])
    return list(ROADS) * round(cases / _WHOLE)
