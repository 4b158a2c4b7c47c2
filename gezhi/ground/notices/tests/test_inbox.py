"""An inbox is its owner's; a key tells once."""

import pytest
from django.utils import translation

from gezhi.ground.audit.models import Entry
from gezhi.ground.notices import actions, queries, sentences
from gezhi.ground.notices.models import Notice
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer

pytestmark = pytest.mark.django_db
ANNE, BEN = Viewer(user_id=1), Viewer(user_id=2)


def tell(viewer, key, kind="case_dispatch"):
    actions.notify_user(viewer.user_id, kind, "case", 7, "510104202611230000001", key)


def test_a_line_says_what_it_is_about_in_the_readers_language():
    tell(ANNE, "1")
    line = queries.inbox(ANNE).rows[0]
    assert line.sentence == "新派单，请接单"
    assert (line.subject_kind, line.subject_id, line.is_read) == ("case", 7, False)


def test_the_same_key_tells_once():
    tell(ANNE, "1")
    tell(ANNE, "1")
    assert Notice.objects.count() == 1


def test_an_inbox_shows_nobody_elses_lines():
    tell(ANNE, "1")
    assert queries.inbox(BEN).rows == ()
    assert [queries.unread_count(who) for who in (ANNE, BEN, Viewer.anonymous())] == [1, 0, 0]
    assert queries.inbox(Viewer.anonymous()).rows == ()


def test_reading_marks_only_ones_own_and_is_recorded():
    tell(ANNE, "1")
    tell(BEN, "2")
    ids = [row.pk for row in Notice.objects.all()]
    assert actions.mark_read(ids, by=ANNE) == 1
    assert actions.mark_read(ids, by=ANNE) == 0
    assert actions.mark_read(ids, by=Viewer.anonymous()) == 0
    assert queries.unread_count(BEN) == 1
    assert Entry.objects.get(verb="notices.read").detail == {"count": 1}
    assert queries.inbox(ANNE).rows[0].is_read


def test_everything_is_marked_read_at_once():
    for key in "abc":
        tell(ANNE, key)
    assert actions.mark_all_read(by=ANNE) == 3
    assert queries.unread_count(ANNE) == 0
    assert Notice.objects.filter(read_at=clock.now()).count() == 3


def test_pages_follow_each_other_without_gap_or_repeat():
    for key in range(5):
        tell(ANNE, str(key))
    first = queries.inbox(ANNE, size=2)
    second = queries.inbox(ANNE, after=first.after, size=2)
    third = queries.inbox(ANNE, after=second.after, size=2)
    ids = [line.id for page in (first, second, third) for line in page.rows]
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == 5
    assert third.after == ""


def test_an_inbox_takes_one_statement(django_assert_num_queries):
    tell(ANNE, "1")
    with django_assert_num_queries(1):
        queries.inbox(ANNE)


@pytest.mark.parametrize("kind", [*sentences.STAFF, "case_unheard_of"])
def test_every_kind_has_a_line_without_a_number(kind):
    with translation.override("zh-hans"):
        line = sentences.inbox_line(kind)
    assert line
    assert "%" not in line


def test_a_line_is_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        tell(ANNE, "1")
