"""Where faults of the machine happen: a disk of its own to be hurt, and an installation on it."""

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from benchmarks import cluster, serving

Ground = Callable[[], AbstractContextManager[Path]]


@contextmanager
def plain() -> Iterator[Path]:
    """A folder on the disk there is."""
    with tempfile.TemporaryDirectory(prefix="gezhi-faults-") as folder:
        # The database server is another user, and has its folder below.
        Path(folder).chmod(0o755)
        yield Path(folder)


@contextmanager
def small_disk() -> Iterator[Path]:
    """A disk of its own, in memory."""
    with plain() as folder:
        run("mount", "-t", "tmpfs", "-o", "size=600m,mode=755", "tmpfs", str(folder))
        try:
            yield folder
        finally:
            run("umount", "-l", str(folder))


@contextmanager
def image_disk() -> Iterator[Path]:
    """A disk of its own that can be cut off: ext4 in a file."""
    with plain() as above:
        image, folder = above / "image", above / "disk"
        folder.mkdir()
        with image.open("wb") as file:
            file.truncate(600 << 20)
        run("mkfs.ext4", "-q", str(image))
        run("mount", "-o", "loop", str(image), str(folder))
        try:
            yield folder
        finally:
            run("umount", "-l", str(folder))


class Prepared:
    """Installations that were prepared once, for each fault to be tried on a copy; and the server
    of those on PostgreSQL that want no disk of their own."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._sqlite: serving.Installation | None = None
        self._server: tuple[Path, str, serving.Installation] | None = None

    @contextmanager
    def installation(
        self, vendor: str, ground: Ground
    ) -> Iterator[tuple[Path, serving.Installation]]:
        """One on this ground, and the folder of it."""
        with ExitStack() as stack:
            stack.callback(setattr, tempfile, "tempdir", tempfile.tempdir)
            stack.callback(setattr, serving, "SERVER", serving.SERVER)
            if vendor == "sqlite":
                if self._sqlite is None:
                    self._sqlite = self._stack.enter_context(serving.installation("sqlite"))
                folder = stack.enter_context(ground())
                tempfile.tempdir = str(folder)
                made = stack.enter_context(serving.copied(self._sqlite))
                # What an office has is on its disk long before that disk fails.
                os.sync()
                yield folder, made
            elif ground is plain:
                folder, serving.SERVER, made = self._shared()
                yield folder, stack.enter_context(serving.copied(made))
            else:
                folder = stack.enter_context(ground())
                tempfile.tempdir = str(folder)
                serving.SERVER = stack.enter_context(cluster.private(folder=folder / "cluster"))
                yield folder, stack.enter_context(serving.installation(vendor))

    def _shared(self) -> tuple[Path, str, serving.Installation]:
        if self._server is None:
            folder = self._stack.enter_context(plain())
            before = serving.SERVER
            self._stack.callback(setattr, serving, "SERVER", before)
            address = self._stack.enter_context(cluster.private(folder=folder / "cluster"))
            self._stack.callback(setattr, serving, "SERVER", address)
            serving.SERVER = address
            made = self._stack.enter_context(serving.installation("postgresql"))
            self._server = (folder, address, made)
        return self._server


def run(*command: str) -> None:
    """One program of the machine, which must end well."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def run_until_it_goes(*command: str, seconds: float = 60) -> None:
    """As `run`, again and again while it does not end well, so long at most."""
    last = time.monotonic() + seconds
    while subprocess.run(command, check=False, capture_output=True).returncode:
        if time.monotonic() > last:
            raise SystemExit(f"{' '.join(command)} does not end well")
        time.sleep(0.5)
