"""Files into the store of a backup folder, each once, and none that lies there already.

A file that has the size and the time of change it had in the last set is not even read. What an
earlier run left in the store counts only when a whole set names it, or when it is read again: a
stick that was pulled out may hold a file of the right length full of zeros. Every run also reads a
seventh of the old files again, so that within a week a bad spot of the medium is found and written
anew from the source.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from gezhi.ground.backups import manifest, media
from gezhi.ground.backups.layout import BackupFolder
from gezhi.ground.backups.manifest import FileLine
from gezhi.ground.backups.sources import Source
from gezhi.kernel import clock
from gezhi.kernel.errors import Invalid

_SHARES = 7


@dataclass(slots=True)
class Store:
    """The store of one backup folder, while a set is made."""

    folder: BackupFolder
    check_all: bool = False
    known: dict[str, FileLine] = field(default_factory=dict)
    trusted: set[bytes] = field(default_factory=set)
    fresh: list[FileLine] = field(default_factory=list)
    mended: int = 0
    _share: int = 0

    @classmethod
    def opened(cls, folder: BackupFolder, newest: str, *, check_all: bool) -> "Store":
        """With what the sets that are there name; `newest` is the one that is compared with."""
        store = cls(folder, check_all)
        store._share = clock.today().toordinal() % _SHARES
        for name in folder.names():
            with suppress(Invalid, FileNotFoundError):
                # A set that is broken vouches for nothing; whoever restores from it is told.
                for line in manifest.lines(folder.sets / name):
                    store.trusted.add(bytes.fromhex(line.digest))
                    if name == newest:
                        store.known[line.path] = line
        return store

    def keep(self, source: Source) -> FileLine | None:
        """Have the file in the store; its line, or None when it is gone meanwhile."""
        line = self._unchanged(source)
        if line is not None and self._holds(line):
            return line
        try:
            line = FileLine(media.digest_of(source.file), source.size, source.changed, source.path)
            if not self._holds(line):
                self._copy(source, line)
        except FileNotFoundError:
            if source.file.exists():
                raise
            return None
        return line

    def missing(self, source: Source) -> int:
        """Bytes this file will about take in the store: none when it is there unchanged."""
        return 0 if self._unchanged(source) is not None else source.size

    def _unchanged(self, source: Source) -> FileLine | None:
        line = self.known.get(source.path)
        same = line is not None and (line.size, line.changed) == (source.size, source.changed)
        return line if same else None

    def _holds(self, line: FileLine) -> bool:
        """Whether the store has the file, whole; one that turns out bad is thrown away."""
        path = self.folder.object(line.digest)
        try:
            size = path.stat().st_size
        except FileNotFoundError:
            return False
        trusted = bytes.fromhex(line.digest) in self.trusted
        is_due = self.check_all or int(line.digest[:8], 16) % _SHARES == self._share
        if size == line.size and trusted and not is_due:
            return True
        if size == line.size and media.digest_of(path, from_disk=True) == line.digest:
            return True
        path.unlink()
        self.mended += trusted
        return False

    def _copy(self, source: Source, line: FileLine) -> None:
        path = self.folder.object(line.digest)
        media.make_folder(path.parent)
        media.copy(source.file, path)
        self.trusted.add(bytes.fromhex(line.digest))
        self.fresh.append(line)

    def read_back(self, progress: Callable[[int, int], None]) -> None:
        """Read from the medium whatever was written; what differs goes, and is refused."""
        whole = sum(line.size for line in self.fresh)
        done = 0
        for line in self.fresh:
            path = self.folder.object(line.digest)
            if media.digest_of(path, from_disk=True) != line.digest:
                path.unlink()
                raise media.DiskFault(
                    _("写到 %(folder)s 里的读回来不一样：这个盘可能坏了，换一个盘再来")
                    % {"folder": self.folder.path}
                )
            done += line.size
            progress(done, whole)
