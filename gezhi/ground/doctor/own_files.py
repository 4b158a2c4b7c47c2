"""Which files of an installation nobody else on the machine may open."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from gezhi.kernel.certificates import FOLDER


def own_files() -> Iterator[Path]:
    """The home folder and what lies in it at the top, the database with its companions, the
    keys with the office's certificates.

    What lies deeper is behind a folder that is closed; a photo store of millions is not walked.
    """
    home = Path(settings.GEZHI_HOME)
    yield home
    if home.is_dir():
        yield from sorted(home.iterdir())
    if connection.vendor == "sqlite":
        database = Path(str(connection.settings_dict["NAME"]))
        yield from sorted(database.parent.glob(f"{database.name}*"))
    keys = Path(settings.GEZHI_KEYS)
    for folder in (keys, keys / FOLDER):
        yield folder
        if folder.is_dir():
            yield from sorted(folder.iterdir())
