"""The one contract for numbers on pages: a number is the count of a list, and opens it.

A room says its figures by name, once; every page that shows one asks here, and shows it as a link
to its list. Whoever presses it finds as many lines as the number said: the tests open each list as
each person and count. What is more than a length is an indicator with a name (`insight/figures`), whose
numerator and denominator open their lists in the same way. Numbers in the rail are of the same kind: an entry counts what its page lists.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from gezhi.kernel.viewer import Role, Viewer


@dataclass(frozen=True, slots=True)
class Count:
    """A number with the address of the list it counts."""

    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Figure:
    """Some counts that are reckoned together, by name, for whoever has one of the roles.

    `lines` names, for a count whose list shows other things too, the class that its own lines bear.
    """

    name: str
    roles: frozenset[Role]
    counts: Callable[[Viewer], Mapping[str, Count]]
    lines: Mapping[str, str] = field(default_factory=dict)


_figures: dict[str, Figure] = {}


def register(figure: Figure) -> None:
    """Add a figure; the same name again takes the place of the first."""
    _figures[figure.name] = figure


def figures_for(viewer: Viewer) -> list[Figure]:
    """The figures this viewer has."""
    return [one for one in _figures.values() if viewer.roles & one.roles]


def counts(name: str, viewer: Viewer) -> Mapping[str, Count]:
    """The counts of this figure for the viewer; none for whom it is not. KeyError: no such figure."""
    figure = _figures[name]
    return figure.counts(viewer) if viewer.roles & figure.roles else {}


def number(name: str, viewer: Viewer) -> int:
    """The one count of a figure that has but one; 0 for whom it is not."""
    found = counts(name, viewer)
    return next(iter(found.values())).number if found else 0
