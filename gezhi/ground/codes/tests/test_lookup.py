"""Looking codes up: language, and how often the database is asked."""

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import translation

from gezhi.ground.codes import queries
from gezhi.ground.codes.actions import import_pack
from gezhi.kernel.viewer import Viewer

pytestmark = pytest.mark.django_db
OPERATOR = Viewer.system("test")
COLORS = "code,name,name_en\n01,红,Red\n02,绿,\n"


@pytest.fixture
def in_request():
    """What happens between these two is one request, as far as the look-ups know."""
    queries._begin()
    yield
    queries._end()


def test_the_label_is_english_only_where_there_is_english(write_pack):
    import_pack(write_pack("colors", colors=COLORS), by=OPERATOR)
    with translation.override("en"):
        assert [row.label for row in queries.terms("colors")] == ["Red", "绿"]
    with translation.override("zh-hans"):
        assert [row.label for row in queries.terms("colors")] == ["红", "绿"]


def test_a_request_asks_once_and_reads_terms_once_a_process(
    write_pack, in_request, django_assert_num_queries
):
    import_pack(write_pack("colors", colors=COLORS), by=OPERATOR)
    queries.terms("colors")
    queries._begin()
    with django_assert_num_queries(1):
        queries.terms("colors")
        queries.term("colors", "01")
        queries.pack_in_force("colors")


def test_outside_a_request_an_import_elsewhere_is_seen_at_once(
    write_pack, django_assert_num_queries
):
    from gezhi.ground.codes.models import Pack

    import_pack(write_pack("colors", colors=COLORS), by=OPERATOR)
    queries.terms("colors")
    Pack.objects.update(in_force=False)
    with django_assert_num_queries(1):
        assert queries.pack_in_force("colors") is None


def test_a_steady_block_asks_once(write_pack, django_assert_num_queries):
    import_pack(write_pack("colors", colors=COLORS), by=OPERATOR)
    queries.terms("colors")
    with django_assert_num_queries(1), queries.steady():
        queries.terms("colors")
        with queries.steady():
            queries.terms("colors")
        queries.terms("colors")


def test_the_signals_of_requests_open_and_end_the_block(write_pack, django_assert_num_queries):
    import_pack(write_pack("colors", colors=COLORS), by=OPERATOR)
    queries.terms("colors")
    # As the test client does: a request of the suite must not close the suite's connection.
    request_started.disconnect(close_old_connections)
    try:
        request_started.send(sender=None, environ={})
        with django_assert_num_queries(1):
            queries.terms("colors")
            queries.terms("colors")
    finally:
        request_started.connect(close_old_connections)
        queries._end()
    assert request_finished.has_listeners()
    with django_assert_num_queries(2):
        queries.terms("colors")
        queries.terms("colors")


def test_without_a_calendar_pack_the_calendar_has_no_notices():
    from datetime import date

    calendar = queries.calendar()
    assert queries.calendar_version() == ""
    assert calendar.is_working(date(2026, 11, 20))
    assert not calendar.is_settled(date(2026, 11, 20))
