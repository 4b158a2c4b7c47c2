"""A stylesheet in parts by subject, sent as one file.

A sheet imports its parts, which lie beside it: `@import "forms.css";`, a line each, in the order of
the cascade. A browser understands that as it stands (tests serve it so); when static files are
collected, each part is put in the place of its line, so that a page asks for one file.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORT = re.compile(r'^@import "([\w-]+\.css)";$', re.MULTILINE)


def parts_of(sheet: str) -> list[str]:
    """The names of the parts a sheet imports, in order."""
    return _IMPORT.findall(sheet)


def joined(name: str, read: Callable[[str], str]) -> str:
    """The sheet of this name with its parts in their places; `read` answers the text of a file by
    its name. Addresses in a part mean what they meant: it lies in the folder of its sheet."""
    folder = posixpath.dirname(name)
    return _IMPORT.sub(lambda found: read(posixpath.join(folder, found[1])), read(name))


class JoiningStorage(CompressedManifestStaticFilesStorage):
    """The storage of collected files, hashed and compressed; sheets in parts are joined first."""

    def post_process(
        self, paths: dict[str, tuple[Storage, str]], *args: Any, **options: Any
    ) -> Iterator[tuple[str, str | None, Any]]:
        """Join, then hash and compress what was collected."""
        if not options.get("dry_run"):
            paths = paths | {name: (self, name) for name in self._join(paths)}
        yield from super().post_process(paths, *args, **options)

    def _join(self, paths: dict[str, tuple[Storage, str]]) -> list[str]:
        # From the sources, never from what was collected before: only a part may have changed.
        def read(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                return str(file.read().decode())

        sheets = [name for name in paths if name.endswith(".css") and parts_of(read(name))]
        for name in sheets:
            with self.open(name, "wb") as collected:
                collected.write(joined(name, read).encode())
        return sheets
