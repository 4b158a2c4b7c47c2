"""Whose figures: the area a viewer oversees, and what it can be told apart by."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from gezhi.kernel import scope
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Level, Viewer


class By(StrEnum):
    """What a figure is told apart by."""

    WHOLE = "whole"
    UNIT = "unit"
    FAMILY = "family"
    COMMUNITY = "community"
    GRID = "grid"


@dataclass(frozen=True, slots=True)
class Reach:
    """Areas of one level of one district; none reaches nothing."""

    district_id: int
    level: Level
    area_ids: tuple[int, ...]

    @property
    def ways(self) -> tuple[By, ...]:
        """What its figures can be told apart by: a community sees no unit's work beyond its own."""
        if self.level is Level.COMMUNITY:
            return (By.WHOLE, By.GRID)
        return tuple(By)

    def condition(self, case: str) -> Q:
        """Rows that lie in it; `case` is the way from a row to its case."""
        within = Q(**{f"{case}district_id": self.district_id})
        if self.level is Level.DISTRICT:
            return within if self.area_ids else scope.NOTHING
        column = scope.COLUMNS[self.level]
        return within & Q(**{f"{case}{column}__in": self.area_ids})


def reach_of(viewer: Viewer) -> Reach:
    """The widest level at which the viewer reads figures, with all areas of it."""
    seats = [seat for seat in viewer.seats_for(Right.READ_FIGURES) if seat.level in scope.COLUMNS]
    district = viewer.district_id or 0
    for level in (Level.DISTRICT, Level.STREET, Level.COMMUNITY):
        areas = {seat.area_id for seat in seats if seat.level is level}
        if areas:
            return Reach(district, level, tuple(sorted(areas)))
    return Reach(district, Level.STREET, ())
