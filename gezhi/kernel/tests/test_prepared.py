"""A statement put together once answers each viewer, number and hour as if it were made for them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from unittest import mock

import pytest
from django.db import connection, connections, models
from django.db.models import Count, Q, QuerySet
from django.db.transaction import TransactionManagementError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from gezhi.kernel import clock, prepared, scope
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Level, Role, Seat, Viewer

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
COMMUNITIES = (301, 302, 303)
ROLES = (Role.ACCEPTOR, Role.COMMUNITY_CLERK, Role.GRID_WORKER, Role.LEADER)


class Patrol(models.Model):
    """Something that happened in a place at some hour."""

    name = models.CharField(max_length=20, primary_key=True)
    district_id = models.BigIntegerField(default=1)
    street_id = models.BigIntegerField(default=20)
    community_id = models.BigIntegerField()
    grid_id = models.BigIntegerField(null=True)
    holder_id = models.BigIntegerField(null=True)
    begun_at = models.DateTimeField()
    objects: ClassVar[models.Manager["Patrol"]] = models.Manager()

    class Meta:
        app_label = "prepared_test"


@pytest.fixture(autouse=True)
def patrols(db: None) -> Iterator[None]:
    """One patrol an hour before noon in each community, and one a day before in the first."""
    with connection.cursor() as cursor:
        editor = connection.schema_editor()
        editor.deferred_sql = []
        statement, values = editor.table_sql(Patrol)
        cursor.execute(statement, values or None)
    for number, community in enumerate(COMMUNITIES, start=1):
        row = {
            "community_id": community,
            "holder_id": number,
            "begun_at": NOON - timedelta(hours=1),
        }
        Patrol.objects.create(name=f"of {community}", **row)
    Patrol.objects.create(name="old", community_id=301, begun_at=NOON - timedelta(days=1))
    prepared.forget()
    with clock.moved_to(NOON):
        yield
    prepared.forget()


def _viewer(*places: int, unit: int = 7, user: int = 5) -> Viewer:
    seats = tuple(
        Seat(post_id=place + 1, unit_id=unit, role=Role.COMMUNITY_CLERK, area_id=place,
             level=Level.COMMUNITY, unit_name=f"unit {place}")
        for place in places
    )  # fmt: skip
    return Viewer(user_id=user, district_id=1, seats=seats)


def _mine(viewer: Viewer) -> QuerySet[Patrol]:
    return Patrol.objects.filter(scope.over(viewer, Right.SEE_AREA)).order_by("name")


def _lately(hours: int) -> QuerySet[Patrol]:
    return Patrol.objects.filter(begun_at__gt=clock.now() - timedelta(hours=hours))


def _in(communities: tuple[int, ...]) -> QuerySet[Patrol, tuple[Any, ...]]:
    return Patrol.objects.filter(community_id__in=communities).values_list("name")


def _called(name: str) -> QuerySet[Patrol]:
    return Patrol.objects.filter(name=name)


def _numbers(community: int) -> QuerySet[Patrol, tuple[int, ...]]:
    day_ago = clock.now() - timedelta(hours=5)
    late = Count("pk", filter=Q(begun_at__gt=day_ago))
    return prepared.counting(
        Patrol.objects.filter(community_id=community), all=Count("pk"), late=late
    )


def _names(rows: list[Patrol]) -> list[str]:
    return [row.name for row in rows]


def test_two_viewers_of_one_shape_share_a_statement_and_each_sees_their_own() -> None:
    first = prepared.ask(_mine, _viewer(301))
    with mock.patch.object(prepared, "_Statement", side_effect=AssertionError):
        second = prepared.ask(_mine, _viewer(302, user=6, unit=8))

    assert _names(first) == ["of 301", "old"]
    assert _names(second) == ["of 302"]


def test_a_seat_more_is_another_shape() -> None:
    assert _names(prepared.ask(_mine, _viewer(301))) == ["of 301", "old"]
    assert _names(prepared.ask(_mine, _viewer(302, 303))) == ["of 302", "of 303"]


def test_the_hour_is_that_of_the_asking() -> None:
    assert len(prepared.ask(_lately, prepared.Fixed(2))) == 3
    with clock.moved_to(NOON + timedelta(hours=3)):
        assert prepared.ask(_lately, prepared.Fixed(2)) == []
    assert len(prepared.ask(_lately, prepared.Fixed(48))) == 4


def test_as_many_numbers_as_are_given_are_asked_for_each_in_its_place() -> None:
    assert set(prepared.ask(_in, (301, 303))) == {("of 301",), ("old",), ("of 303",)}
    assert set(prepared.ask(_in, (302, 303))) == {("of 302",), ("of 303",)}
    assert prepared.ask(_in, ()) == []


def test_a_long_list_is_asked_plainly_and_not_kept() -> None:
    with mock.patch.object(prepared, "_Statement", side_effect=AssertionError):
        found = prepared.ask(_in, (*range(400, 600), 303))

    assert found == [("of 303",)]


def test_a_word_is_another_at_each_asking() -> None:
    assert _names(prepared.ask(_called, prepared.Word("old"))) == ["old"]
    with mock.patch.object(prepared, "_Statement", side_effect=AssertionError):
        assert _names(prepared.ask(_called, prepared.Word("of 302"))) == ["of 302"]


def test_counts_come_in_one_row_also_where_there_is_nothing_to_count() -> None:
    assert prepared.counted(_numbers, 301) == (2, 1)
    assert prepared.counted(_numbers, 999) == (0, 0)


def test_a_build_that_reckons_with_an_id_is_refused() -> None:
    def _next_to(community: int) -> QuerySet[Patrol]:
        return Patrol.objects.filter(community_id=community + 1)

    with pytest.raises(ValueError, match="makes none"):
        prepared.ask(_next_to, 301)


def test_what_else_a_build_depends_on_is_seen_by_the_check_of_the_tests() -> None:
    figures = {"hours": 2}

    def _by_a_figure() -> QuerySet[Patrol]:
        return _lately(figures["hours"])

    prepared.ask(_by_a_figure)
    figures["hours"] = 3
    with mock.patch.object(prepared, "CHECKED", True), pytest.raises(AssertionError):
        prepared.ask(_by_a_figure)


_seats = some.builds(
    Seat,
    post_id=some.integers(1, 9),
    unit_id=some.integers(1, 3),
    role=some.sampled_from(ROLES),
    area_id=some.sampled_from((20, *COMMUNITIES)),
    level=some.sampled_from((Level.DISTRICT, Level.STREET, Level.COMMUNITY, Level.GRID)),
)


def _reached(viewer: Viewer, holder: int | None) -> QuerySet[Patrol]:
    mine = scope.over(viewer, Right.SEE_AREA) | scope.held(viewer, *ROLES)
    mine |= scope.of_community_alone(viewer, *ROLES)
    return Patrol.objects.filter(mine).exclude(holder_id=holder).order_by("name")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    seats=some.lists(_seats, max_size=4), holder=some.none() | some.integers(0, 3),
    user=some.none() | some.integers(1, 3),
)  # fmt: skip
def test_whoever_asks_gets_what_the_plain_query_gives(
    seats: list[Seat], holder: int | None, user: int | None
) -> None:
    viewer = Viewer(user_id=user, district_id=1, seats=tuple(seats))

    with mock.patch.object(prepared, "CHECKED", True):
        found = prepared.ask(_reached, viewer, holder)

    assert _names(found) == _names(list(_reached(viewer, holder)))


def _of_a_day() -> QuerySet[Patrol]:
    return Patrol.objects.filter(begun_at__date=clock.today())


def test_a_build_that_reads_the_day_is_refused() -> None:
    with pytest.raises(ValueError, match="the day"):
        prepared.ask(_of_a_day)


def _locked() -> QuerySet[Patrol]:
    return Patrol.objects.select_for_update()


def test_rows_are_locked_in_a_transaction_only() -> None:
    assert len(prepared.ask(_locked)) == 4
    with (
        mock.patch.object(type(connections["default"]), "get_autocommit", return_value=True),
        pytest.raises(TransactionManagementError),
    ):
        prepared.ask(_locked)
