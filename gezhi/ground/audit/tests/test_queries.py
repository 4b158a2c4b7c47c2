"""The trail is read by the audit administrator of its district and filtered by what they ask."""

from datetime import timedelta

import pytest

from gezhi.ground.audit import actions, queries
from gezhi.ground.audit.queries import Asked
from gezhi.ground.audit.tests import trail
from gezhi.kernel import clock
from gezhi.kernel.errors import Unseen
from gezhi.kernel.paging import BadCursor
from gezhi.kernel.viewer import Level, Role, Seat, Viewer

pytestmark = pytest.mark.django_db


def viewer(role, district_id=1):
    return Viewer(9, district_id=district_id, seats=(Seat(1, 1, role, 1, Level.DISTRICT),))


AUDITOR = viewer(Role.AUDIT_ADMINISTRATOR)


def record(verb="cases.close", kind="case", subject=1, user=1, district=1, system=""):
    by = Viewer(None if system else user, system_name=system, district_id=district)
    return actions.record(by=by, verb=verb, subject_kind=kind, subject_id=subject)


def ids(asked, who=AUDITOR):
    return [row.id for row in queries.entries(who, asked).rows]


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.AUDIT_ADMINISTRATOR])
def test_nobody_else_reads_it_the_other_administrators_neither(role):
    with pytest.raises(Unseen):
        queries.entries(viewer(role))
    with pytest.raises(Unseen):
        queries.newest_block(viewer(role))


def test_a_stranger_reads_nothing():
    with pytest.raises(Unseen):
        queries.entries(Viewer.anonymous())


def test_another_district_is_not_read_and_the_machines_own_entries_are():
    ours, theirs = record(), record(district=2)
    nobodys = record(district=None, system="beat")
    assert ids(Asked()) == [nobodys.id, ours.id]
    everything = ids(Asked(), Viewer.system("command"))
    assert theirs.id in everything


def test_every_filter_keeps_what_was_asked():
    first = record(verb="cases.close", kind="case", subject=1, user=1)
    second = record(verb="cases.dispatch", kind="case", subject=2, user=2)
    third = record(verb="casesx.close", kind="unit", subject=2, user=2)
    fourth = record(system="beat", kind="task", verb="jobs.retry")
    assert ids(Asked(user_id=2)) == [third.id, second.id]
    assert ids(Asked(verb="cases.close")) == [first.id]
    assert ids(Asked(verb="cases.")) == [second.id, first.id]
    assert ids(Asked(subject_kind="unit")) == [third.id]
    assert ids(Asked(subject_kind="case", subject_id=2)) == [second.id]
    assert ids(Asked(system_name="beat")) == [fourth.id]


def test_the_period_is_half_open():
    moment = clock.now()
    first = record()
    clock.advance(timedelta(hours=1))
    second = record()
    assert ids(Asked(since=moment, until=clock.now())) == [first.id]
    assert ids(Asked(since=clock.now())) == [second.id]


def test_pages_follow_each_other_while_entries_are_written():
    trail.write(5)
    first = queries.entries(AUDITOR, size=2)
    record()
    second = queries.entries(AUDITOR, after=first.after, size=2)
    third = queries.entries(AUDITOR, after=second.after, size=2)
    subjects = [row.subject_id for page in (first, second, third) for row in page.rows]
    assert subjects == [4, 3, 2, 1, 0]
    assert third.after == ""
    with pytest.raises(BadCursor):
        queries.entries(AUDITOR, after="nonsense")


def test_a_page_takes_one_statement(django_assert_num_queries):
    trail.write(3)
    with django_assert_num_queries(1):
        queries.entries(AUDITOR, Asked(user_id=1, verb="cases.", since=clock.now()))


def test_the_newest_block_can_be_noted(monkeypatch):
    assert queries.newest_block(AUDITOR) is None
    blocks, _ = trail.three_blocks(monkeypatch)
    sealed = queries.newest_block(AUDITOR)
    assert sealed is not None
    assert (sealed.digest, sealed.up_to_entry_id) == (blocks[2].digest, blocks[2].up_to_entry_id)
