"""A folder of keys that is not the one the data were sealed with is told before anything is made."""

import shutil

import pytest
from django.core.management import CommandError, call_command

from gezhi.config import checks
from gezhi.faces.terminal.serving import readiness
from gezhi.ground.audit import actions, keymarks
from gezhi.ground.audit import actions as audit
from gezhi.ground.audit.models import Entry, KeyMark
from gezhi.kernel import secrets
from gezhi.kernel.errors import Invalid
from gezhi.kernel.viewer import Viewer

BY = Viewer.system("prepare")


@pytest.fixture
def keys(settings, tmp_path, db):
    """The keys of the installation, in a folder that may be damaged; data sealed with them."""
    folder = tmp_path / "keys"
    shutil.copytree(settings.GEZHI_KEYS, folder)
    settings.GEZHI_KEYS = folder
    actions.record(by=BY, verb="test.seal", subject_kind="case", subject_id=1)
    return folder


@pytest.fixture
def marked(keys):
    keymarks.remember()
    return keys


def lose(folder, name):
    (path,) = folder.glob(f"{name}.*.key")
    path.unlink()
    return path.name.split(".")[2]


def files(folder):
    return sorted(path.name for path in folder.glob("*.key"))


def test_the_right_keys_are_not_complained_of(marked):
    assert keymarks.faults(marked) == []
    assert KeyMark.objects.count() == len(secrets.PURPOSES)
    keymarks.remember()
    assert KeyMark.objects.count() == len(secrets.PURPOSES)


@pytest.mark.parametrize("name", secrets.PURPOSES)
def test_each_lost_key_is_named_with_its_folder_and_what_to_do(marked, name):
    key_id = lose(marked, name)
    (fault,) = keymarks.faults(marked)
    for said in (f"{name}.{key_id}", str(marked), "放回"):
        assert said in fault


def test_an_older_key_is_missed_as_well_as_the_current_one(marked):
    secrets.rotate(marked, "field")
    (old,) = marked.glob("field.0001.*")
    old.unlink()
    assert old.name.split(".")[2] in keymarks.faults(marked)[0]


def test_the_keys_of_another_installation_are_not_taken(marked, tmp_path):
    other = tmp_path / "other"
    secrets.create_keys(other)
    (fault,) = keymarks.faults(other)
    assert all(name in fault for name in secrets.PURPOSES)


@pytest.mark.parametrize("marks", [True, False])
def test_nothing_is_made_where_the_whole_folder_is_gone(keys, marks):
    if marks:
        keymarks.remember()
    shutil.rmtree(keys)
    with pytest.raises(CommandError, match="放回"):
        call_command("prepare")
    assert not files(keys)


def test_nothing_is_made_where_one_key_is_gone(marked):
    lose(marked, "receipt")
    before = files(marked)
    with pytest.raises(CommandError, match="receipt"):
        call_command("prepare")
    assert files(marked) == before


@pytest.mark.parametrize(
    "deed", [["demo"], ["setup", "--no-prepare"], ["setup", "--new-password", "1001"]]
)
def test_other_commands_say_the_same(marked, deed):
    lose(marked, "receipt")
    with pytest.raises(CommandError, match="receipt"):
        call_command(*deed)


def test_serving_and_checking_say_the_same(marked):
    lose(marked, "receipt")
    assert "receipt" in readiness.faults()[0]
    assert [message.id for message in checks.key_marks()] == ["gezhi.E014"]


def test_a_damaged_key_is_told_apart_from_a_lost_one(marked):
    (path,) = marked.glob("field.*")
    path.write_text("00" * 16)
    assert path.name in keymarks.faults(marked)[0]


def test_an_installation_without_marks_is_known_by_what_it_sealed(keys, tmp_path):
    assert keymarks.faults(keys) == []
    other = tmp_path / "other"
    secrets.create_keys(other)
    assert "audit" in keymarks.faults(other)[0]
    lose(keys, "index")
    assert "index" in keymarks.faults(keys)[0]


def test_without_marks_a_foreign_field_key_is_found_by_a_sealed_value(keys, cast, tmp_path):
    other = tmp_path / "other"
    secrets.create_keys(other)
    used = lose(keys, "field")
    next(other.glob("field.*")).rename(keys / next(other.glob("field.*")).name)
    assert used in keymarks.faults(keys)[0]


def test_before_there_are_data_keys_may_be_made(tmp_path, db):
    assert keymarks.faults(tmp_path / "nothing") == []


def test_a_key_that_is_there_cannot_be_given_up(marked):
    (path,) = marked.glob("receipt.*")
    with pytest.raises(Invalid):
        keymarks.give_up([f"receipt.{path.name.split('.')[2]}"], folder=marked)


def test_a_key_lost_for_good_is_given_up_by_name_and_that_stays_in_the_trail(marked):
    key_id = lose(marked, "receipt")
    keymarks.give_up([f"receipt.{key_id}"], folder=marked)
    assert keymarks.faults(marked) == []
    assert secrets.create_keys(marked) == ("receipt",)
    audit.record_given_up([f"receipt.{key_id}"], by=BY)
    assert Entry.objects.latest("id").detail == {"keys": [f"receipt.{key_id}"]}


def test_complete_keys_may_lie_on_a_disk_nobody_can_write(keys):
    (keys / ".lock").unlink(missing_ok=True)
    assert secrets.create_keys(keys) == ()
    assert not (keys / ".lock").exists()
