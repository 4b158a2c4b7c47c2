"""What the guide tells to type is what the installer and the units take."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from gezhi.ground.upgrades import installer
from gezhi.ground.upgrades.tests.places import OLD, bundle

ROOT = settings.ROOT
UNITS = ROOT / "gezhi/ground/upgrades/systemd"


def _typed(word):
    pages = (ROOT / "docs/operator").glob("*.md")
    lines = [line for page in pages for line in page.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if word in line and not line.startswith("|")]


def test_every_line_of_the_guides_that_installs_can_be_typed():
    lines = _typed("install.py --to")
    assert lines
    for line in lines:
        given = installer.parser().parse_args(shlex.split(line.partition("install.py")[2]))
        assert given.to == "/opt/gezhi"


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """The first installation from a bundle whose packages are not really installed."""
    made = bundle(tmp_path, OLD)
    (made / "systemd").mkdir()
    for unit in UNITS.iterdir():
        shutil.copy(unit, made / "systemd")
    for name in ("wheels", "own", "installer"):
        (made / name).mkdir()
        (made / name / f"{'pip' if name == 'installer' else 'gezhi'}-1-py3-none-any.whl").touch()
    shutil.copy(installer.__file__, made / "install.py")
    from gezhi.ground.upgrades.tests.places import renew

    renew(made, OLD)
    monkeypatch.setattr(installer, "__file__", str(made / "install.py"))
    monkeypatch.setattr(installer, "_pip", lambda *given: None)
    return tmp_path


def _install(folder: Path) -> int:
    return installer.main(
        [
            *("--to", str(folder / "opt"), "--home", str(folder / "home")),
            *("--keys", str(folder / "keys"), "--user", "somebody"),
        ]
    )


def test_an_installation_has_its_program_settings_and_units(installed):
    assert _install(installed) == 0
    prefix = installed / "opt"
    assert (prefix / "current").resolve().name == OLD
    assert f"GEZHI_HOME={installed / 'home'}" in (prefix / "gezhi.env").read_text()
    assert (prefix / "gezhi.env").stat().st_mode & 0o007 == 0
    assert (prefix / "current" / "share" / "gezhi" / "packs" / "one.csv").is_file()
    unit = (prefix / "systemd" / "gezhi.service").read_text()
    assert "User=somebody" in unit and not re.search(r"@[A-Z]+@", unit)


def test_again_changes_no_setting_and_a_half_installed_version_is_begun_anew(installed):
    _install(installed)
    prefix = installed / "opt"
    (prefix / "gezhi.env").write_text("GEZHI_HOME=/mine\n")
    (prefix / "versions" / OLD / installer.COMPLETE).unlink()
    (prefix / "versions" / OLD / "half").touch()
    assert _install(installed) == 0
    assert (prefix / "gezhi.env").read_text() == "GEZHI_HOME=/mine\n"
    assert not (prefix / "versions" / OLD / "half").exists()


def test_keys_inside_the_data_and_names_that_a_shell_would_split_are_refused(installed, capsys):
    inside = ["--to", str(installed / "opt"), "--home", "/srv/a", "--keys", "/srv/a/keys"]
    assert installer.main(inside) == 1
    split = ["--to", str(installed / "o pt"), "--home", "/srv/a", "--keys", "/srv/b"]
    assert installer.main(split) == 1
    assert "分开" in capsys.readouterr().err
    assert not (installed / "opt").exists()


def test_a_second_version_is_not_installed_over_the_first_by_hand(installed, capsys):
    _install(installed)
    prefix = installed / "opt"
    (prefix / "versions" / "0.0.9").mkdir()
    installer.switch(prefix, "0.0.9")
    assert _install(installed) == 1
    assert "upgrade" in capsys.readouterr().err
    assert (prefix / "current").resolve().name == "0.0.9"


def test_the_units_are_what_systemd_takes(installed):
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("no systemd here")
    _install(installed)
    folder = installed / "opt" / "systemd"
    (installed / "opt" / "bin").mkdir(exist_ok=True)
    (installed / "home").mkdir()
    for unit in sorted(folder.iterdir()):
        text = unit.read_text()
        unit.write_text(text.replace("User=somebody", "User=root"))
    units = [str(unit) for unit in sorted(folder.iterdir())]
    done = subprocess.run([program, "verify", *units], capture_output=True, text=True)
    assert not [line for line in done.stderr.splitlines() if "gezhi" in line], done.stderr
