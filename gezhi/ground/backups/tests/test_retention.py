"""Old sets go, and only the files that no set names any more."""

import shutil
from datetime import timedelta

import pytest
from django.conf import settings as own

from gezhi.ground.audit.models import Entry
from gezhi.ground.backups import actions, layout, retention
from gezhi.ground.backups.layout import BackupFolder
from gezhi.ground.backups.rules import Retention
from gezhi.ground.backups.tests.homes import OPERATOR, made, write
from gezhi.ground.backups.tests.test_checking import check, resealed
from gezhi.kernel import clock

ONLY_THE_NEWEST = Retention(days=1, weeks=0, months=0)


@pytest.fixture
def two(home, stick):
    """A set with a photo that is gone two days later, and the set of then."""
    first = made(stick)
    (home / "files/2026/11/23/0.jpg").unlink()
    clock.advance(timedelta(days=2))
    return first, made(stick)


def objects(stick):
    return len(list((stick / layout.OBJECTS).glob("??/*")))


def test_an_old_set_goes_with_what_only_it_named_and_the_newest_is_still_whole(two, stick):
    first, second = two
    assert objects(stick) == 7
    assert retention.let_go(stick, ONLY_THE_NEWEST) == [first.name]
    assert objects(stick) == 6
    check(second.path)
    assert retention.let_go(stick, ONLY_THE_NEWEST) == []


def test_a_set_of_another_installation_in_the_same_folder_is_left_alone(two, stick):
    first, _second = two
    (first.path / layout.SEAL).write_text("00000000 " + "0" * 64 + "\n")
    assert retention.let_go(stick, ONLY_THE_NEWEST) == []
    assert objects(stick) == 7


def test_beside_a_set_that_cannot_be_read_no_file_goes(two, stick):
    first, _second = two
    broken = stick / layout.SETS / "2026-01-01_000000_0000"
    shutil.copytree(first.path, broken)
    (broken / layout.FILES).unlink()
    assert retention.let_go(stick, ONLY_THE_NEWEST) == [first.name]
    assert objects(stick) == 7


def test_a_newest_set_that_is_broken_keeps_none_of_the_good_ones_from_being_kept(two, stick):
    first, second = two
    (second.path / layout.MANIFEST).unlink()
    assert retention.let_go(stick, ONLY_THE_NEWEST) == []
    check(first.path)


def test_the_figures_in_force_say_what_is_kept_and_the_trail_how_many_went(two, stick, settings):
    first, second = two
    for number in range(3, 60):
        copy = stick / layout.SETS / f"copy{number}"
        shutil.copytree(second.path, copy)
        began = clock.now() + timedelta(days=number)
        resealed(copy, name=copy.name, serial=number, begun_at=began.isoformat())
    clock.advance(timedelta(days=60))
    gone = actions.let_go(folder=stick, by=OPERATOR)
    # Seven days; the last of two weeks more, and of two months more.
    assert len(BackupFolder(stick).names()) == 59 - len(gone) == 11
    assert first.name in gone
    assert Entry.objects.get(verb="backups.let_go").detail == {"sets": len(gone)}
    assert own.GEZHI_KEYS


def test_nothing_goes_while_a_backup_is_written(two, stick):
    from gezhi.ground.backups import media
    from gezhi.kernel.errors import Conflict

    with media.locked(stick, ""), pytest.raises(Conflict):
        retention.let_go(stick, ONLY_THE_NEWEST)
    write(stick / "note", b"")
