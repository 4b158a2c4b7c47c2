"""Fixtures of the whole suite: the cast, the still clock, packs in force, clients logged in."""

import copy
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.core.management.commands import flush
from django.db import connection
from django.test import Client
from hypothesis import settings as examples
from pytest_django import DjangoDbBlocker

from gezhi.faces.shell.templatetags import constant
from gezhi.ground.audit import blocks, triggers
from gezhi.kernel import clock, prepared, secrets
from gezhi.records.places import gazetteers
from gezhi.work.triage import likeness
from tests import cast as troupe
from tests import migrated

# What is right never depends on how long it took: a busy machine fails nothing.
examples.register_profile("gezhi", deadline=None)
examples.load_profile("gezhi")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this database cannot show, and play tests with the cast after the others.

    The cast is made once a session and committed, so whoever runs before it has an empty database;
    tests that empty the database (`transaction=True`) come last of all.
    """
    if not _on_postgres():
        kept = [item for item in items if item.get_closest_marker("postgres") is None]
        config.hook.pytest_deselected(
            items=[item for item in items if item.get_closest_marker("postgres") is not None]
        )
        items[:] = kept
    items.sort(key=lambda item: (_turn(item), not item.nodeid.startswith(_LONGEST)))
    for item in items:
        item.add_marker(_PARTS[_turn(item)])


# Begun first, so that no process is left with a minute's file when the others are done.
_LONGEST = ("tests/access/", "tests/journeys/", "gezhi/methods/divide/", "gezhi/work/triage/")
# `make test` plays the three parts one after the other: processes that share the work of one part
# take its files in any order, each file whole, so that what a file shares is made once.
_PARTS = {0: "alone", 1: "alone", 2: "street", 3: "emptying"}


def _on_postgres() -> bool:
    return "postgresql" in settings.DATABASES["default"]["ENGINE"]


def _turn(item: pytest.Item) -> int:
    names = getattr(item, "fixturenames", ())
    marker = item.get_closest_marker("django_db")
    empties = "transactional_db" in names or "live_server" in names
    if marker is not None and (marker.kwargs.get("transaction") or marker.args[:1] == (True,)):
        empties = True
    if empties:
        return 3
    if "_stage" in names:
        return 2
    return 1 if marker is not None or "db" in names else 0


@pytest.fixture(scope="session", autouse=True)
def installation() -> None:
    """Fresh keys in the folder of the test settings, and the folder of static files."""
    secrets.create_keys(Path(settings.GEZHI_KEYS))
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session", autouse=True)
def migrations_are_played_once(pytestconfig: pytest.Config) -> Iterator[None]:
    """The empty database of the tests is a copy where the same migrations were played before."""
    with migrated.copied(pytestconfig.rootpath / ".pytest_cache" / "migrated"):
        yield


@pytest.fixture(scope="session", autouse=True)
def what_was_written_is_found_at_once() -> Iterator[None]:
    """The look for the same case asks anew each time, however fast a test is."""
    with mock.patch.object(likeness, "LOOK_AGAIN_SECONDS", 0.0):
        yield


@pytest.fixture(scope="session", autouse=True)
def no_run_of_tests_is_too_long() -> Iterator[None]:
    """What the street's people left in the trail may lie unsealed as long as the run takes."""
    with mock.patch.object(blocks, "LATE_MILLISECONDS", 86_400_000):
        yield


@pytest.fixture(scope="session", autouse=True)
def what_is_prepared_is_compared() -> Iterator[None]:
    """Every prepared statement is put together the plain way as well, every constant part of a
    page is drawn anew, and must be the same."""
    with (
        mock.patch.object(prepared, "CHECKED", True),
        mock.patch.object(constant, "CHECKED", True),
    ):
        yield


@pytest.fixture(autouse=True)
def nothing_alike_is_remembered() -> Iterator[None]:
    """What one test wrote is rolled back, and gone from the look for the same case as well, and
    from the look for a place."""
    likeness.forget()
    gazetteers.forget()
    yield
    likeness.forget()
    gazetteers.forget()


@pytest.fixture(scope="session", autouse=True)
def emptying_lifts_triggers() -> Iterator[None]:
    """A test that empties the database (`transaction=True`) may delete what nobody else may.

    Emptying ends with `post_migrate`, which installs the triggers again.
    """
    handle = flush.Command.handle

    def lifted(self: flush.Command, **options: Any) -> Any:
        triggers.remove(options["database"])
        return handle(self, **options)

    with mock.patch.object(flush.Command, "handle", lifted):
        yield


@pytest.fixture(autouse=True)
def frozen_clock() -> Iterator[datetime]:
    """Every test plays on Monday 23 November 2026, 10:00 in China; `clock.advance` moves it on."""
    with clock.moved_to(troupe.NOW):
        yield troupe.NOW


class _Stage:
    """What stands in the test database now."""

    cast: troupe.Cast | None = None
    seconds: float = 0.0


def _set(stage: type[_Stage]) -> troupe.Cast:
    with clock.moved_to(troupe.SET_UP):
        troupe.import_packs()
        begun = time.process_time()
        stage.cast = troupe.build()
        stage.seconds = time.process_time() - begun
    return stage.cast


@pytest.fixture(scope="session")
def _stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> type[_Stage]:
    with django_db_blocker.unblock():
        _set(_Stage)
    return _Stage


@pytest.fixture
def cast(_stage: type[_Stage], db: None) -> troupe.Cast:
    """The people of `tests/cast.py` on their street, with every pack in force.

    What a test changes is rolled back; after a test that emptied the database it is made anew.
    """
    known = _stage.cast
    if known is None or not troupe.stands(known):
        known = _set(_stage)
    # A copy, so that an attribute set by one test is not there for the next.
    return copy.deepcopy(known)


@pytest.fixture(autouse=True)
def _empty_by_force(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test that empties the database, take the locks off the rows that are never deleted.

    SQLite empties a table row by row, which the triggers refuse; `post_migrate`, sent when it is
    empty, puts them back. PostgreSQL truncates, which they let through.
    """
    if _turn(request.node) < 3:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")


@pytest.fixture
def packs(cast: troupe.Cast) -> None:
    """Every pack of the project in force (together with the cast)."""


@pytest.fixture
def client_of(db: None) -> Callable[[troupe.Person], Client]:
    """`client_of(person)`: a browser in which this person is logged in."""

    def logged_in(person: troupe.Person) -> Client:
        client = Client()
        client.force_login(person.user)
        return client

    return logged_in
