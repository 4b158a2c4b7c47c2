"""A small district with one street, two communities side by side and room for grids."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
import shapely

from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import actions
from gezhi.records.places.models import Area, District

OPERATOR = Viewer.system("test")
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
# South-west corner of the whole, and the side of one community, in degrees (about a kilometre).
WEST, SOUTH, SIDE = 104.0, 30.0, 0.01


def square(column: float, row: float = 0.0, wide: float = 1.0, high: float = 1.0):
    """A rectangle in units of a community's side, from the south-west corner."""
    return shapely.box(
        WEST + column * SIDE,
        SOUTH + row * SIDE,
        WEST + (column + wide) * SIDE,
        SOUTH + (row + high) * SIDE,
    )


def point(column: float, row: float):
    return (WEST + column * SIDE, SOUTH + row * SIDE)


@dataclass
class Ground:
    district: District
    street: Area
    east: Area
    west: Area


@pytest.fixture
def ground(db):
    with clock.moved_to(NOON):
        district = actions.register_district(code="510104", name="锦江区", by=OPERATOR)
        street = actions.register_street(district, code="510104017", name="锦官驿街道", by=OPERATOR)
        west, east = actions.register_communities(
            street,
            [
                actions.AreaName("510104017001", "水井坊社区"),
                actions.AreaName("510104017002", "崇德里社区"),
            ],
            by=OPERATOR,
        )
        actions.set_borders(
            [(street, square(0, wide=2)), (west, square(0)), (east, square(1))],
            valid_from=LONG_AGO,
            by=OPERATOR,
        )
        yield Ground(district, street, east, west)
