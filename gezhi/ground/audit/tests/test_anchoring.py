"""A digest noted outside finds what nothing inside can show: another database in this one's place."""

import pytest

from gezhi.ground.audit import actions, anchoring, queries
from gezhi.ground.audit.models import Block, Entry
from gezhi.ground.audit.tests import trail
from gezhi.kernel.errors import Invalid, Unseen
from gezhi.kernel.viewer import Level, Role, Seat, Viewer

pytestmark = pytest.mark.django_db

AUDITOR = Viewer(9, district_id=1, seats=(Seat(1, 1, Role.AUDIT_ADMINISTRATOR, 1, Level.DISTRICT),))


@pytest.fixture
def anchor(monkeypatch):
    assert queries.anchor(AUDITOR) is None
    trail.three_blocks(monkeypatch)
    return queries.anchor(AUDITOR)


def test_it_counts_what_is_sealed_and_reads_its_own_text_again(anchor):
    assert (anchor.blocks, anchor.entries) == (3, 12)
    note = anchoring.noted(anchor.text)
    assert note == anchoring.Noted(anchor.digest, 3)


@pytest.mark.parametrize("kept", [64, 16])
def test_it_is_found_again_after_more_was_sealed_and_by_its_first_half(anchor, kept, monkeypatch):
    trail.write(3)
    trail.seal(monkeypatch)
    typed = f" {anchor.digest[:8].upper()} {anchor.digest[8:kept]}\n"
    found = queries.compare(AUDITOR, typed)
    assert (found.fault, found.number) == ("", 3)


def test_a_database_of_another_day_does_not_have_it(anchor):
    with trail.by_force():
        Block.objects.filter(digest=anchor.digest).delete()
    assert queries.compare(AUDITOR, anchor.text).fault == "missing"


def test_a_block_taken_from_before_it_moves_its_number(anchor):
    with trail.by_force():
        Block.objects.earliest("id").delete()
    assert queries.compare(AUDITOR, anchor.text).fault == "moved"


def test_a_block_that_lost_an_entry_is_told(anchor):
    with trail.by_force():
        newest = Block.objects.latest("id")
        Entry.objects.filter(id=newest.up_to_entry_id).delete()
    assert queries.compare(AUDITOR, anchor.text).fault == "changed"


@pytest.mark.parametrize("text", ["", "摘要：", "ab12", "0" * 15, "z" * 64, "0" * 65])
def test_what_is_no_digest_is_refused_in_words(anchor, text):
    with pytest.raises(Invalid):
        queries.compare(AUDITOR, text)


def test_nobody_else_sees_or_compares_it(anchor):
    for deed in (queries.anchor, lambda viewer: queries.compare(viewer, anchor.text)):
        with pytest.raises(Unseen):
            deed(Viewer.anonymous())


def test_each_night_it_is_written_and_recorded(anchor, tmp_path):
    path = actions.write_anchor(tmp_path / "anchors", by=Viewer.system("beat"))
    assert path is not None
    assert anchoring.noted(path.read_text(encoding="utf-8")) == anchoring.Noted(anchor.digest, 3)
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert Entry.objects.filter(verb="audit.anchor", system_name="beat").count() == 1


def test_without_a_block_nothing_is_written(tmp_path):
    assert actions.write_anchor(tmp_path, by=Viewer.system("beat")) is None
