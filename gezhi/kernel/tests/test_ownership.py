"""What holds people's cases is its owner's alone."""

import os
import subprocess
import sys

from gezhi.kernel import ownership


def test_what_is_open_is_found_and_closed(tmp_path):
    database, folder = tmp_path / "gezhi.sqlite3", tmp_path / "files"
    database.write_text("")
    folder.mkdir()
    database.chmod(0o644)
    folder.chmod(0o755)
    paths = [database, folder, tmp_path / "never was"]
    assert ownership.open_to_others(paths) == [database, folder]
    assert ownership.close_to_others(paths) == []
    assert ownership.open_to_others(paths) == []
    assert (database.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)


def test_our_commands_make_nothing_that_others_may_open(tmp_path):
    program = (
        "import sys; from gezhi.config import entry; sys.argv = ['gezhi', 'version'];"
        f"entry.main(); open({str(tmp_path / 'made')!r}, 'w')"
    )
    subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "gezhi.config.settings_test"},
        check=True,
        capture_output=True,
        umask=0o022,
    )
    assert (tmp_path / "made").stat().st_mode & 0o777 == 0o600
