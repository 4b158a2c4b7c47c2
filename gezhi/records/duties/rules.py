"""Which families a class belongs to, and which area is narrower; pure."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from gezhi.kernel import names, words
from gezhi.kernel.viewer import Level

# Smaller is narrower: a grid's own duty goes before its street's.
NARROWNESS = {
    Level.MICROGRID: 0,
    Level.GRID: 1,
    Level.COMMUNITY: 2,
    Level.STREET: 3,
    Level.DISTRICT: 4,
}


def duty_name(text: str) -> str:
    """What a duty is called; refuses what `kernel.names` does, and over 100 signs."""
    return names.valid(text, most=100, empty=_("请填写事项名称，不超过 100 个字"))


def legal_basis(text: str) -> str:
    """The law or list a duty rests on, on one line; Invalid over 300 signs."""
    return words.line(text, field="legal_basis", most=300)


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
