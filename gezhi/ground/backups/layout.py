"""Where things lie in a backup folder: sets, each whole or not there, over one store of files.

    DIR/sets/2026-11-30_141500_0001/   manifest.json, manifest.seal, files.txt, settings.json, database
    DIR/objects/ab/abcd…               every file once, under its SM3 digest, for all sets
    DIR/unfinished/                    a set that is being written, or was when it broke off

A set gets its name by one rename, last of all: what stands in `sets` was whole.
"""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from gezhi.kernel.errors import Invalid

SETS = "sets"
OBJECTS = "objects"
UNFINISHED = "unfinished"
MANIFEST = "manifest.json"
SEAL = "manifest.seal"
FILES = "files.txt"
SETTINGS = "settings.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


@dataclass(frozen=True, slots=True)
class BackupFolder:
    """A folder that holds backups."""

    path: Path

    @property
    def sets(self) -> Path:
        return self.path / SETS

    @property
    def unfinished(self) -> Path:
        return self.path / UNFINISHED

    def object(self, digest: str) -> Path:
        """Where the file with this digest lies, or would."""
        return self.path / OBJECTS / digest[:2] / digest

    def names(self) -> list[str]:
        """Names of the sets, oldest first by name."""
        if not self.sets.is_dir():
            return []
        return sorted(one.name for one in self.sets.iterdir() if one.is_dir())


def chosen(given: Path) -> tuple[BackupFolder, list[str]]:
    """The backup folder that an operator named, with the sets meant: all, or the one named itself.

    Invalid where there is none, with what was found instead.
    """
    given = given.resolve()
    if given.is_dir() and given.parent.name == SETS:
        return BackupFolder(given.parent.parent), [given.name]
    folder = BackupFolder(given)
    names = folder.names()
    if names:
        return folder, names
    if folder.unfinished.is_dir():
        raise Invalid(
            _("%(folder)s 里只有一份没有做完的备份，不能用：再运行一次 gezhi backup 把它做完，")
            % {"folder": given}
            + _("或换一个盘上的备份")
        )
    raise Invalid(_("%(folder)s 里没有备份：写放备份的那个文件夹") % {"folder": given})
