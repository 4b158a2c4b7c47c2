"""A scope narrows any table that says where a row lies, shown by a table that is no case's."""

from collections.abc import Iterator
from typing import ClassVar

import pytest
from django.db import connection, models

from gezhi.kernel import scope
from gezhi.kernel.confidentiality import Confidentiality
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Level, Role, Seat, Viewer

DISTRICT, STREET, COMMUNITY, GRID, OTHER = 1, 20, 300, 4000, 9999


class Visit(models.Model):
    """Something that happened somewhere."""

    name = models.CharField(max_length=20, primary_key=True)
    district_id = models.BigIntegerField(default=DISTRICT)
    street_id = models.BigIntegerField(null=True)
    community_id = models.BigIntegerField(null=True)
    grid_id = models.BigIntegerField(null=True)
    holder_id = models.BigIntegerField(null=True)
    confidentiality = models.CharField(max_length=20, default=Confidentiality.OPEN)
    objects: ClassVar[models.Manager["Visit"]] = models.Manager()

    class Meta:
        app_label = "scope_test"


@pytest.fixture(autouse=True)
def visits(db: None) -> Iterator[None]:
    """Four visits, each in a narrower area, and one in another district."""
    with connection.cursor() as cursor:
        editor = connection.schema_editor()
        editor.deferred_sql = []
        statement, values = editor.table_sql(Visit)
        cursor.execute(statement, values or None)
    place: dict[str, int] = {}
    for name, column, area in (
        ("district", "district_id", DISTRICT),
        ("street", "street_id", STREET),
        ("community", "community_id", COMMUNITY),
        ("grid", "grid_id", GRID),
    ):
        place[column] = area
        Visit.objects.create(name=name, **place)
    Visit.objects.create(name="elsewhere", district_id=2, street_id=OTHER)
    yield


def _viewer(role: Role, level: Level, area: int, unit: int = 7) -> Viewer:
    seat = Seat(post_id=1, unit_id=unit, role=role, area_id=area, level=level)
    return Viewer(user_id=1, district_id=DISTRICT, seats=(seat,))


def _names(condition: models.Q) -> set[str]:
    return set(Visit.objects.filter(condition).values_list("name", flat=True))


@pytest.mark.parametrize(
    ("level", "area", "seen"),
    [
        (Level.DISTRICT, 123, {"district", "street", "community", "grid"}),
        (Level.STREET, STREET, {"street", "community", "grid"}),
        (Level.COMMUNITY, COMMUNITY, {"community", "grid"}),
        (Level.GRID, GRID, {"grid"}),
        (Level.STREET, COMMUNITY, set()),
        (Level.MICROGRID, GRID, set()),
    ],
)
def test_a_seat_reaches_the_rows_of_its_area(level: Level, area: int, seen: set[str]) -> None:
    assert _names(scope.over(_viewer(Role.LEADER, level, area), Right.OVERSEE)) == seen


def test_a_seat_without_the_right_reaches_nothing() -> None:
    worker = _viewer(Role.GRID_WORKER, Level.GRID, GRID)
    assert _names(scope.over(worker, Right.SEE_AREA)) == {"grid"}
    assert _names(scope.over(worker, Right.OVERSEE)) == set()
    assert _names(scope.over(Viewer.anonymous(DISTRICT), Right.SEE_AREA)) == set()


def test_what_a_unit_has_in_hand_is_reached_by_its_seats_alone() -> None:
    Visit.objects.filter(name="street").update(holder_id=7)
    handlers = roles_with(Right.HANDLE)
    assert _names(scope.held(_viewer(Role.HANDLER, Level.STREET, OTHER), *handlers)) == {"street"}
    assert _names(scope.held(_viewer(Role.HANDLER, Level.STREET, OTHER, 8), *handlers)) == set()
    assert _names(scope.held(_viewer(Role.LEADER, Level.STREET, OTHER), *handlers)) == set()


def test_whoever_walks_a_grid_reaches_it_and_its_community_what_lies_in_no_grid() -> None:
    worker = _viewer(Role.GRID_WORKER, Level.GRID, GRID)
    clerk = _viewer(Role.COMMUNITY_CLERK, Level.COMMUNITY, COMMUNITY)
    assert _names(scope.of_grid(worker, Role.GRID_WORKER)) == {"grid"}
    assert _names(scope.of_grid(clerk, Role.COMMUNITY_CLERK)) == set()
    assert _names(scope.of_community_alone(clerk, Role.COMMUNITY_CLERK)) == {"community"}


def test_what_is_confidential_is_for_those_alone_who_have_it_in_hand() -> None:
    Visit.objects.filter(name="grid").update(confidentiality=Confidentiality.RESTRICTED)
    rows = Visit.objects.all()
    assert "grid" not in _names(scope.unless_kept(rows, []))
    mine = models.Q(grid_id=GRID)
    assert "grid" in _names(scope.unless_kept(rows, [mine, models.Q(name="street")]))
    assert "grid" not in _names(scope.unless_kept(rows, [models.Q(name="street")]))
    assert "street" in _names(scope.unless_kept(rows, []))


def test_what_is_asked_of_each_row_is_no_for_rows_that_cannot_be() -> None:
    none = Visit.objects.filter(pk__in=[], name=models.OuterRef("name"))
    some = Visit.objects.filter(district_id=2, name=models.OuterRef("name"))

    assert _names(scope.asked_of_each(none)) == set()
    assert _names(~scope.asked_of_each(none)) == set(_names(models.Q()))
    assert _names(scope.asked_of_each(some)) == {"elsewhere"}
    assert _names(models.Q(name="grid") | scope.asked_of_each(none)) == {"grid"}
