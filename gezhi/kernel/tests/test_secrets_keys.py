"""Keys as files: made on demand, kept private, rotated without loss, missed with a clear word."""

import os
import shutil
import stat
from typing import Any

import pytest

from gezhi.kernel import secrets
from gezhi.kernel.secrets import FileProvider, configure, seal, unseal

PLACE: dict[str, Any] = {"table": "cases_report", "column": "phone", "row": 7}


@pytest.fixture
def unconfigured(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name in ("GEZHI_KEYS", "GEZHI_HOME"):
        monkeypatch.delenv(name, raising=False)
    configure(None)
    yield tmp_path
    configure(None)


def test_the_keys_folder_comes_from_the_environment(unconfigured, monkeypatch):
    assert secrets.keys_folder().as_posix() == "var/keys"
    monkeypatch.setenv("GEZHI_HOME", "/srv/gezhi")
    assert secrets.keys_folder().as_posix() == "/srv/gezhi/keys"
    monkeypatch.setenv("GEZHI_KEYS", "/mnt/keys")
    assert secrets.keys_folder().as_posix() == "/mnt/keys"


def test_nothing_is_made_by_asking_for_a_seal(unconfigured):
    with pytest.raises(secrets.KeyMissing, match="create_keys"):
        seal("x", **PLACE)
    assert list(unconfigured.iterdir()) == []


def test_keys_are_made_once_and_then_used_without_configuring(unconfigured):
    folder = secrets.keys_folder()
    assert set(secrets.create_keys(folder)) == set(secrets.PURPOSES)
    assert unseal(seal("x", **PLACE), **PLACE) == "x"
    files = sorted(path.name for path in folder.iterdir())
    assert secrets.create_keys(folder) == ()
    assert sorted(path.name for path in folder.iterdir()) == files


def test_key_files_are_private_even_under_a_loose_umask(tmp_path):
    before = os.umask(0)
    try:
        secrets.create_keys(tmp_path / "keys")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    for path in (tmp_path / "keys").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert secrets.exposed(tmp_path / "keys") == ()


def test_a_key_file_others_may_read_is_named(keys):
    loose = next(keys.glob("field.*.key"))
    loose.chmod(0o640)
    assert secrets.exposed(keys) == (loose.name,)


def test_only_the_missing_key_is_made_anew(keys):
    next(keys.glob("receipt.*.key")).unlink()
    assert secrets.create_keys(keys) == ("receipt",)


def test_other_secrets_in_the_folder_are_left_alone(keys):
    (keys / "django.key").write_text("not ours")
    assert unseal(seal("x", **PLACE), **PLACE) == "x"


def test_old_values_open_after_a_rotation_and_new_ones_use_the_new_key(keys):
    old = seal("before", **PLACE)
    assert secrets.is_current(old)
    key_id = secrets.rotate(keys, "field")
    new = seal("after", **PLACE)
    assert key_id in new
    assert key_id not in old
    assert (unseal(old, **PLACE), unseal(new, **PLACE)) == ("before", "after")
    assert (secrets.is_current(old), secrets.is_current(new)) == (False, True)


def test_another_process_that_rotated_is_noticed(keys):
    here = FileProvider(keys)
    first = here.key_ids("field")
    secrets.rotate(keys, "field")
    assert here.key_ids("field")[1:] == first


def test_a_name_without_a_key_is_not_rotated(keys):
    with pytest.raises(secrets.KeyMissing, match="nonsense"):
        secrets.rotate(keys, "nonsense")


def test_a_destroyed_key_closes_its_values_and_no_others(keys):
    old = seal("before", **PLACE)
    old_file = next(keys.glob("field.*.key"))
    secrets.rotate(keys, "field")
    new = seal("after", **PLACE)
    old_file.unlink()
    assert unseal(new, **PLACE) == "after"
    with pytest.raises(secrets.UnknownKey, match="keys folder was changed"):
        unseal(old, **PLACE)


def test_another_keys_folder_says_that_the_folder_was_changed(keys, tmp_path):
    value = seal("x", **PLACE)
    shutil.rmtree(keys)
    secrets.create_keys(keys)
    with pytest.raises(secrets.UnknownKey, match="put the old key files back"):
        unseal(value, **PLACE)


def test_a_folder_that_vanishes_does_not_stop_a_running_process(keys):
    value = seal("x", **PLACE)
    for path in keys.glob("*.key"):
        path.unlink()
    assert unseal(seal("x", **PLACE), **PLACE) == "x"
    shutil.rmtree(keys)
    assert unseal(value, **PLACE) == "x"
    with pytest.raises(secrets.KeyMissing, match="no keys"):
        FileProvider(keys)


def test_keys_that_come_back_are_read_again(keys):
    value = seal("x", **PLACE)
    away = keys.with_name("away")
    keys.rename(away)
    assert unseal(value, **PLACE) == "x"
    away.rename(keys)
    key_id = secrets.rotate(keys, "field")
    assert key_id in seal("y", **PLACE)


def test_a_folder_without_a_key_is_told_clearly(tmp_path):
    with pytest.raises(secrets.KeyMissing, match="no keys"):
        FileProvider(tmp_path)


@pytest.mark.parametrize("content", ["", "zz", "00" * 16, "00" * 40, "\xff"])
def test_a_damaged_key_file_is_named(keys, content):
    path = next(keys.glob("field.*.key"))
    path.write_text(content, "latin-1")
    with pytest.raises(secrets.KeyDamaged, match=path.name):
        FileProvider(keys)


def test_a_key_is_not_taken_for_another_purpose(keys):
    path = next(keys.glob("audit.*.key"))
    path.rename(keys / path.name.replace("audit", "steps"))
    with pytest.raises(secrets.KeyDamaged):
        FileProvider(keys)


def test_a_half_written_key_of_a_killed_process_is_no_key(keys):
    (keys / ".field.unfinished").write_text("00")
    secrets.rotate(keys, "field")
    assert len(FileProvider(keys).key_ids("field")) == 2


def test_files_are_a_software_provider_and_say_so(keys):
    assert secrets.provider().is_software is True


def test_a_provider_of_ones_own_can_stand_behind(keys):
    class Module:
        """A stand-in for a hardware module: it never shows a key."""

        is_software = False

        def __init__(self) -> None:
            self._inside = FileProvider(keys)

        def key_ids(self, name: str) -> tuple[str, ...]:
            return tuple(f"slot{number}" for number, _ in enumerate(self._inside.key_ids(name)))

        def encrypt(self, key_id: str, plain: bytes, associated: bytes) -> bytes:
            return self._inside.encrypt(self._real("field", key_id), plain, associated)

        def decrypt(self, key_id: str, sealed: bytes, associated: bytes) -> bytes | None:
            return self._inside.decrypt(self._real("field", key_id), sealed, associated)

        def mac(self, name: str, key_id: str, data: bytes) -> bytes:
            return self._inside.mac(name, self._real(name, key_id), data)

        def _real(self, name: str, key_id: str) -> str:
            return self._inside.key_ids(name)[int(key_id.removeprefix("slot"))]

    configure(Module())
    value = seal("x", **PLACE)
    assert value.startswith("sm4.slot0.")
    assert unseal(value, **PLACE) == "x"
    assert secrets.provider().is_software is False
