"""The manifest 清单: what a set holds, sealed with a key that is not in the set.

The seal is HMAC-SM3 under the key of the trail, over the exact bytes: a manifest of another set, or
one written anew to fit what was changed, does not fit it.
"""

import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from gezhi.ground.audit.rules import KEY
from gezhi.ground.backups.layout import FILES, MANIFEST, SEAL
from gezhi.kernel import secrets
from gezhi.kernel.errors import Invalid

FORMAT = 1
_MEANT_FOR = b"gezhi backup manifest\x00"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a set holds. `tables` counts rows, `heads` sums up the ends of all chains, `keys` are
    the names and ids of the keys that its data were sealed with."""

    name: str
    serial: int
    begun_at: str
    ended_at: str
    program: str
    vendor: str
    server: str
    database: str
    database_bytes: int
    database_digest: str
    files_digest: str
    files: int
    files_bytes: int
    settings_digest: str
    tables: Mapping[str, int]
    heads: Mapping[str, Any]
    migrations: list[str]
    keys: list[str]
    lacking: list[str] = field(default_factory=list)
    format: int = FORMAT

    def content(self) -> bytes:
        """As it is written: readable, and always the same for the same manifest."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()

    @property
    def rows(self) -> int:
        return sum(self.tables.values())


class FileLine(NamedTuple):
    """One file of a set: digest, bytes, when it was last changed, its name from home or packs on."""

    digest: str
    size: int
    changed: int
    path: str

    def text(self) -> str:
        """The line of it in the list of files."""
        return f"{self.digest} {self.size} {self.changed} {self.path}\n"


def sealed(content: bytes) -> bytes:
    """The seal of a manifest under the current key of the trail."""
    key_id = secrets.current_key(KEY)
    return f"{key_id} {secrets.mac(KEY, _MEANT_FOR + content, key_id=key_id).hex()}\n".encode()


def read(folder: Path) -> tuple[Manifest, bytes]:
    """The manifest of a set and its bytes; Invalid for what is none, or of a later format."""
    try:
        content = (folder / MANIFEST).read_bytes()
    except FileNotFoundError as error:
        raise Invalid(_("缺 %(file)s，这份备份不全") % {"file": folder / MANIFEST}) from error
    try:
        told = json.loads(content)
        number = int(told["format"])
        if number > FORMAT:
            raise Invalid(
                _("这份备份是更新的程序做的（清单第 %(number)d 版）：先换成那一版程序，再恢复")
                % {"number": number}
            )
        return Manifest(**told), content
    except (ValueError, TypeError, KeyError) as error:
        raise Invalid(
            _("清单 %(file)s 读不懂，被改过或坏了") % {"file": folder / MANIFEST}
        ) from error


def check_seal(folder: Path, content: bytes, use: secrets.Provider) -> None:
    """Invalid unless the seal beside the manifest is ours and fits it."""
    try:
        key_id, given = (folder / SEAL).read_text("ascii").split()
    except FileNotFoundError as error:
        raise Invalid(_("缺 %(file)s，这份备份不全") % {"file": folder / SEAL}) from error
    except ValueError as error:
        raise Invalid(_("%(file)s 读不懂，被改过或坏了") % {"file": folder / SEAL}) from error
    try:
        right = use.mac(KEY, key_id, _MEANT_FOR + content).hex()
    except secrets.SecretsError as error:
        raise Invalid(
            _("密钥不对：这份备份是用密钥 %(key)s 封的，给的密钥里没有它。找和这份备份同一套的密钥")
            % {"key": f"{KEY}.{key_id}"}
        ) from error
    if not hmac.compare_digest(right, given):
        raise Invalid(
            _("清单 %(file)s 和它的封签对不上：被改过，或不是同一份备份的")
            % {"file": folder / MANIFEST}
        )


def lines(folder: Path) -> Iterator[FileLine]:
    """The files of a set, one by one; Invalid at the first line that is none."""
    with (folder / FILES).open(encoding="utf-8") as file:
        for text in file:
            parts = text.rstrip("\n").split(" ", 3)
            try:
                yield FileLine(parts[0], int(parts[1]), int(parts[2]), parts[3])
            except (ValueError, IndexError) as error:
                raise Invalid(
                    _("%(file)s 有一行读不懂，被改过或坏了") % {"file": folder / FILES}
                ) from error
