"""Which families a class belongs to, and which area is narrower; pure."""

from collections.abc import Sequence

from gezhi.kernel.viewer import Level

# Smaller is narrower: a grid's own duty goes before its street's.
NARROWNESS = {
    Level.MICROGRID: 0,
    Level.GRID: 1,
    Level.COMMUNITY: 2,
    Level.STREET: 3,
    Level.DISTRICT: 4,
}


def families(class_code: str, parents: Sequence[str] = ()) -> list[str]:
    """The class and the families it stands in, most specific first.

    Parents named by the pack come before mere beginnings of the code; a family may be written
    either way in a duty list (GB/T 30428.2 codes are hierarchical: 大类, 小类).
    """
    found = [class_code, *(parent for parent in parents if parent != class_code)]
    for length in range(len(class_code) - 1, 0, -1):
        beginning = class_code[:length].rstrip("-._")
        if beginning and beginning not in found:
            found.append(beginning)
    return found
