"""The folder of keys is gone, and somebody prepares the installation again."""

import shutil
import subprocess
from collections.abc import Iterator

from benchmarks import serving
from benchmarks.attack.stand import Answer, Finding, Stand

NAME = "lost_keys"
DOES = (
    "prepares and serves over existing data without their keys, with one missing, with foreign ones"
)
RIGHT = "refused in a sentence that names the folder; no key is made; with the keys back all opens"


def attack(stand: Stand) -> Iterator[Finding]:
    """Each loss on the data of the running server, then the keys put back."""
    home = stand.installation.home
    keys, kept = home / "keys", home / "kept"
    page = stand.browser().report().text.split('"page": "')[1].split('"')[0]
    receipt = page[page.index("/r/") :]
    yield Finding(
        "a receipt", str(_open(stand, receipt).status), _open(stand, receipt).status == 200
    )
    shutil.copytree(keys, kept)
    for loss in ("all gone", "one gone", "foreign"):
        # Gone already where no command of the round before made the folder again.
        shutil.rmtree(keys, ignore_errors=True)
        if loss == "one gone":
            shutil.copytree(kept, keys)
            next(keys.glob("receipt.*")).unlink()
        if loss == "foreign":
            _make(keys)
        before = sorted(path.name for path in keys.glob("*.key") if path.name != "django.key")
        for deed in (("prepare",), ("serve", "--port", "1"), ("setup", "--no-prepare"), ("check",)):
            done = _run(stand, *deed)
            said = done.stdout + done.stderr
            after = sorted(path.name for path in keys.glob("*.key") if path.name != "django.key")
            held = done.returncode != 0 and str(keys) in said and after == before
            yield Finding(f"{loss}: {deed[0]}", f"status {done.returncode}", held)
    shutil.rmtree(keys)
    shutil.copytree(kept, keys)
    yield Finding("put back: prepare", "", _run(stand, "prepare").returncode == 0)
    answer = _open(stand, receipt)
    yield Finding("put back: the receipt", str(answer.status), answer.status == 200)


def _open(stand: Stand, receipt: str) -> Answer:
    return stand.browser().get(receipt)


def _run(stand: Stand, *deed: str) -> "subprocess.CompletedProcess[str]":
    made = stand.installation
    return subprocess.run(
        [str(serving.GEZHI), *deed],
        env=made.environment,
        cwd=serving.ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )


def _make(folder: object) -> None:
    from pathlib import Path

    from gezhi.kernel import secrets

    secrets.create_keys(Path(str(folder)))
