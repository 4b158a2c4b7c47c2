"""A trend as a small drawing made by the server, with its numbers in words for who cannot see it.

No script, no style attribute: an SVG of plain shapes, sized by its viewBox and a class.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

# So many parts of a topic's window make about a week (30 days in 12 parts).
_PARTS, _A_WEEK = 12, 3
WIDTH, HEIGHT, MARGIN = 120, 32, 3
BAR_HEIGHT, BAR_STEP, BAR_WIDTH = 96, 40, 28


@dataclass(frozen=True, slots=True)
class Spark:
    """A line of a few numbers; `points` for a polyline, the last one marked."""

    points: str
    last_x: str
    last_y: str
    words: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Bar:
    """One number as a column: where it stands in the drawing, and the number itself."""

    x: int
    y: int
    height: int
    middle: int
    number: int
    width: int = BAR_WIDTH


@dataclass(frozen=True, slots=True)
class Bars:
    """Columns side by side, their numbers above them."""

    columns: tuple[Bar, ...]
    width: int
    height: int
    words: str


def spark(numbers: Sequence[float], words: str = "", floor: float = 0.0) -> Spark | None:
    """The numbers as a line from left to right, from `floor` up; None of fewer than two."""
    if len(numbers) < 2:
        return None
    top = max(max(numbers) - floor, 1e-9)
    step = (WIDTH - 2 * MARGIN) / (len(numbers) - 1)
    places = [
        (
            f"{MARGIN + at * step:.1f}",
            f"{HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * max(0.0, number - floor) / top:.1f}",
        )
        for at, number in enumerate(numbers)
    ]
    points = " ".join(f"{x},{y}" for x, y in places)
    return Spark(points, *places[-1], words=words or trend_words(numbers))


def bars(numbers: Sequence[int]) -> Bars | None:
    """The numbers as columns with their figures; None of no numbers."""
    if not numbers:
        return None
    top = max(*numbers, 1)
    columns = []
    for at, number in enumerate(numbers):
        height = round((BAR_HEIGHT - 24) * number / top)
        x = at * BAR_STEP + (BAR_STEP - BAR_WIDTH) // 2
        columns.append(Bar(x, BAR_HEIGHT - height, height, at * BAR_STEP + BAR_STEP // 2, number))
    return Bars(tuple(columns), len(numbers) * BAR_STEP, BAR_HEIGHT, trend_words(numbers))


def trend_words(numbers: Sequence[float]) -> str:
    """As "从前到后：0、2、5、9"."""
    return _("从前到后：%(numbers)s") % {"numbers": "、".join(f"{one:g}" for one in numbers)}


def lately_words(numbers: Sequence[int]) -> str:
    """Whether a topic grows, in a clerk's words; "" of a trend that is not in twelve parts.

    Who speaks in two parts of a week is counted in both: 人次, not 人.
    """
    if len(numbers) != _PARTS:
        return ""
    week, before = sum(numbers[-_A_WEEK:]), sum(numbers[-2 * _A_WEEK : -_A_WEEK])
    if not week:
        return _("近一周没有人再说起")
    said = _("近一周 %(week)s 人次说起") % {"week": week}
    if not before:
        return said + _("，上一周没有人说")
    if week == before:
        return said + _("，和上一周一样")
    more = _("，比上一周的 %(before)s 人次多")
    if week < before:
        more = _("，比上一周的 %(before)s 人次少")
    return said + more % {"before": before}
