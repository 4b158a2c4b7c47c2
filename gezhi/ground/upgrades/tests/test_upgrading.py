"""An upgrade goes to its end or back to its beginning, whatever fails and wherever it stops."""

import shutil
import tarfile
from dataclasses import replace
from unittest import mock

import pytest

from gezhi.ground.audit import actions as audit
from gezhi.ground.audit.models import Entry
from gezhi.ground.backups import engines
from gezhi.ground.jobs import at_work
from gezhi.ground.jobs.models import Pulse
from gezhi.ground.upgrades import actions, installer, state
from gezhi.ground.upgrades.installation import Installation
from gezhi.ground.upgrades.state import Stage, State
from gezhi.ground.upgrades.tests.places import NEW, OLD, DataEngine, Place, bundle, packed, renew
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid
from gezhi.kernel.viewer import Viewer

pytestmark = pytest.mark.django_db
told: list[str] = []


@pytest.fixture
def place(tmp_path, settings, monkeypatch):
    settings.GEZHI_HOME = tmp_path / "home"
    settings.GEZHI_HOME.mkdir()
    one = Place(tmp_path, Installation(tmp_path / "opt"))
    one.add(OLD)
    one.installation.switch(OLD)
    one.data.write_text("old data")
    monkeypatch.setattr(actions, "found", lambda: one.installation)
    monkeypatch.setattr(engines, "in_use", lambda: DataEngine(one.data))
    run = Installation.run

    def as_in_life(self, version, *arguments):
        done = run(self, version, *arguments)
        if arguments == ("prepare",) and version == NEW:
            one.data.write_text("new data")
        if arguments == ("upgrade", "--finish"):
            actions.finish()
        return done

    monkeypatch.setattr(Installation, "run", as_in_life)
    # The installer of a real bundle is played by benchmarks/upgrading.
    monkeypatch.setattr(actions._Upgrade, "_install", lambda self, folder: None)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: mock.Mock(free=10**12))
    return one


def upgrade(place, *bad):
    if not place.installation.version(NEW).exists():
        place.add(NEW, *bad)
    return actions.upgrade(bundle(place.folder, NEW), tell=told.append)


def stands(place, version, data):
    assert place.installation.current() == version
    assert place.data.read_text() == data
    now = state.read(place.installation.state_file)
    assert now is not None and now.is_ended


def test_a_good_version_takes_over_and_the_trail_says_so(place):
    ended = upgrade(place)
    assert ended.stage is Stage.DONE
    stands(place, NEW, "new data")
    assert Entry.objects.filter(verb="upgrades.upgrade").count() == 1
    assert place.log == [
        f"{OLD} doctor --json",
        f"{NEW} prepare",
        f"{NEW} doctor --json",
        f"{NEW} upgrade --finish",
    ]


def test_it_comes_as_an_archive_as_well(place):
    place.add(NEW)
    ended = actions.upgrade(packed(bundle(place.folder, NEW)), tell=told.append)
    assert ended.stage is Stage.DONE
    assert not (place.installation.prefix / "incoming").exists()


def test_a_migration_that_fails_brings_back_program_and_data(place):
    place.add(NEW)
    place.fails(NEW, "prepare")
    ended = upgrade(place)
    assert ended.stage is Stage.RETURNED and "no prepare" in ended.why
    stands(place, OLD, "old data")
    assert f"{OLD} prepare" in place.log


def test_a_version_that_the_doctor_finds_worse_is_taken_back(place):
    ended = upgrade(place, "tables.triggers")
    assert "tables.triggers" in ended.why
    stands(place, OLD, "old data")


def test_what_was_bad_before_keeps_nobody_from_upgrading(place):
    place.installation.current()
    program = place.installation.version(OLD) / "bin" / "gezhi"
    program.write_text(
        program.read_text().replace("[]", '[{"code": "backup.old", "level": "bad"}]')
    )
    assert upgrade(place, "backup.old", "ports.stopped").stage is Stage.DONE


def test_a_disk_that_fills_while_the_data_are_copied_leaves_all_as_it_was(place):
    with mock.patch.object(DataEngine, "copy", side_effect=OSError(28, "No space left")):
        ended = upgrade(place)
    assert ended.stage is Stage.RETURNED
    stands(place, OLD, "old data")
    assert f"{OLD} prepare" not in place.log


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in state.ENDED])
def test_what_lost_its_power_at_a_stage_goes_on_or_back_at_the_next_start(place, stage):
    place.add(NEW)
    copy = place.folder / "copy"
    copy.write_text("old data")
    touched = stage in (Stage.MIGRATING, Stage.EXAMINING, Stage.SWITCHING, Stage.RETURNING)
    if touched:
        place.data.write_text("new data")
    half = State(stage, OLD, NEW, "", copy=str(copy), touched=touched)
    state.write(place.installation.state_file, half)
    ended = actions.resume(tell=told.append)
    assert ended is not None
    if stage is Stage.SWITCHING:
        assert ended.stage is Stage.DONE
        stands(place, NEW, "new data")
    else:
        assert ended.stage is Stage.RETURNED
        stands(place, OLD, "old data")
    assert actions.resume(tell=told.append) is None


def test_a_way_back_that_breaks_off_is_gone_again(place):
    place.add(NEW)
    place.fails(NEW, "prepare")
    place.fails(OLD, "prepare")
    with pytest.raises(Conflict, match="--resume"):
        upgrade(place)
    with pytest.raises(Conflict, match="--resume"):
        upgrade(place)
    (place.installation.version(OLD) / "fails-prepare").unlink()
    actions.resume(tell=told.append)
    stands(place, OLD, "old data")


def test_one_goes_back_freely_while_nothing_was_written(place):
    upgrade(place)
    assert actions.go_back(lose_newer=False, tell=told.append).stage is Stage.RETURNED
    stands(place, OLD, "old data")
    assert Entry.objects.filter(verb="upgrades.roll_back").count() == 1
    with pytest.raises(Conflict):
        actions.go_back(lose_newer=True, tell=told.append)


def test_newer_data_are_lost_only_by_an_explicit_word_and_kept_aside(place, settings):
    upgrade(place)
    audit.record(verb="upgrades.upgrade", by=Viewer.system("test"), subject_kind="upgrade")
    place.data.write_text("newer data")
    with pytest.raises(Conflict, match=r"换成新的一版 1 次.*--lose-newer"):
        actions.go_back(lose_newer=False, tell=told.append)
    stands(place, NEW, "newer data")
    actions.go_back(lose_newer=True, tell=told.append)
    stands(place, OLD, "old data")
    (kept,) = (settings.GEZHI_HOME / "upgrades").glob("*-newer")
    assert kept.read_text() == "newer data"


def test_nobody_may_be_at_work_here_or_elsewhere(place, settings):
    with at_work.together(settings.GEZHI_HOME), pytest.raises(Conflict, match="服务还在运行"):
        upgrade(place)
    Pulse.objects.create(name="elsewhere:7:aa", kind="worker", seen_at=clock.now())
    with pytest.raises(Conflict, match="elsewhere"):
        upgrade(place)
    stands_untouched(place)


def stands_untouched(place):
    assert place.installation.current() == OLD
    assert place.data.read_text() == "old data"
    assert state.read(place.installation.state_file) is None


def _other(made):
    renew(made, NEW, platform="win-amd64")


def _changed(made):
    (made / "packs" / "one.csv").write_text("other\n")


def _short(made):
    (made / "packs" / "one.csv").unlink()


def _more(made):
    (made / "packs" / "two.csv").touch()


def _same(made):
    renew(made, OLD)


def _no_name(made):
    renew(made, "../elsewhere")


@pytest.mark.parametrize("spoil", [_other, _changed, _short, _more, _same, _no_name])
def test_a_wrong_bundle_changes_nothing(place, spoil):
    made = bundle(place.folder, NEW)
    spoil(made)
    with pytest.raises((Invalid, Conflict)):
        actions.upgrade(packed(made), tell=told.append)
    stands_untouched(place)


def test_what_is_no_archive_or_leads_elsewhere_changes_nothing(place):
    file = place.folder / "some.tar.gz"
    with pytest.raises(Invalid):
        actions.upgrade(file, tell=told.append)
    file.write_bytes(b"words")
    with pytest.raises(Invalid):
        actions.upgrade(file, tell=told.append)
    (place.folder / "evil").write_text("x")
    with tarfile.open(file, "w:gz") as archive:
        archive.add(place.folder / "evil", "gezhi/../../evil")
    with pytest.raises(Invalid):
        actions.upgrade(file, tell=told.append)
    stands_untouched(place)


def test_a_full_disk_is_told_before_anything_is_changed(place, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: mock.Mock(free=10**8))
    with pytest.raises(Invalid, match="先腾地方"):
        upgrade(place)
    stands_untouched(place)


def test_a_state_that_cannot_be_read_stops_instead_of_guessing(place):
    place.installation.state_file.write_text("{")
    with pytest.raises(Conflict):
        actions.resume(tell=told.append)


def test_a_program_from_source_says_how_it_is_upgraded(monkeypatch, settings, tmp_path):
    settings.GEZHI_HOME = tmp_path
    monkeypatch.setattr(actions, "found", lambda: None)
    with pytest.raises(Conflict, match="git pull"):
        actions.upgrade(tmp_path, tell=told.append)
    assert actions.resume(tell=told.append) is None


def test_the_state_outlives_being_written_half(tmp_path):
    file = tmp_path / "upgrade.json"
    half = State(Stage.COPYING, OLD, NEW, "")
    state.write(file, half)
    file.with_name(".upgrade.json.part").write_text("{")
    assert state.read(file) == half
    assert state.write(file, half, stage=Stage.DONE) == replace(half, stage=Stage.DONE)


def test_a_version_without_its_mark_is_no_version(place):
    place.add(NEW)
    assert place.installation.is_whole(NEW)
    (place.installation.version(NEW) / installer.COMPLETE).unlink()
    assert not place.installation.is_whole(NEW)
    place.installation.remove(OLD)
    assert place.installation.version(OLD).exists()
