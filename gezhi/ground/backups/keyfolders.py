"""The keys on a medium of their own: never beside what they open.

They come into one folder, each file as it is, with a list of their digests. A key is never replaced
by another of the same name: the copy of another installation is told apart before anything is
written.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from gezhi.ground.backups import layout, media
from gezhi.kernel import secrets
from gezhi.kernel.errors import Conflict, Invalid

LIST = "keys.json"
# Typed by whoever has only one medium; nobody says it by accident.
KNOWINGLY = "我知道密钥和数据放在一起等于没有加密"


def copy_apart(keys: Path, target: Path, *, beside: Path, said: str) -> list[str]:
    """Copy the keys to another medium than the backup's; the names of the files there now.

    Refuses (Invalid) a folder of the backup or of the installation, always, and the same disk unless
    `said` is the sentence that knows what it does; Conflict where another installation's keys lie.
    """
    target = target.resolve()
    _refuse_together(target, beside, said)
    with media.told(target):
        files = {name: (keys / name).read_bytes() for name in _names(keys)}
        _check_material(keys)
        for name, content in files.items():
            there = target / name
            if there.is_file() and there.read_bytes() != content:
                raise Conflict(
                    _("%(file)s 已经有了，内容不一样：那是别的密钥，不能盖掉。换一个空的文件夹")
                    % {"file": there}
                )
        for name, content in files.items():
            media.make_folder((target / name).parent)
            if not (target / name).is_file():
                media.write(target / name, content)
            media.close(target / name)
        told = {name: secrets.digest(content).hex() for name, content in files.items()}
        media.write(target / LIST, json.dumps(told, indent=1, sort_keys=True).encode())
        media.close(target)
        check_copy(target)
    return sorted(files)


def check_copy(folder: Path) -> None:
    """Invalid unless each key in the list of a copy is there and is what it was; a folder that has
    no list is a folder of keys as the installation keeps it."""
    if not (folder / LIST).is_file():
        return
    try:
        told: dict[str, str] = json.loads((folder / LIST).read_bytes())
    except ValueError as error:
        raise Invalid(_("%(file)s 读不懂，被改过或坏了") % {"file": folder / LIST}) from error
    for name, digest in sorted(told.items()):
        path = folder / name
        if not path.is_file():
            raise Invalid(_("密钥不全：缺 %(file)s") % {"file": path})
        if media.digest_of(path, from_disk=True) != digest:
            raise Invalid(_("密钥文件坏了：%(file)s。换另一份密钥来") % {"file": path})


def put_back(copy: Path, keys: Path) -> None:
    """Put the keys of a copy where this installation looks for them.

    Refuses (Conflict) to replace one that is there; the same ones may be put back twice.
    """
    check_copy(copy)
    for name in _names(copy):
        there, content = keys / name, (copy / name).read_bytes()
        if there.is_file() and there.read_bytes() != content:
            raise Conflict(
                _("%(file)s 已经有了，是别的密钥：恢复不会盖掉它。换一个空的 GEZHI_KEYS")
                % {"file": there}
            )
    for name in _names(copy):
        media.make_folder((keys / name).parent)
        if not (keys / name).is_file():
            media.write(keys / name, (copy / name).read_bytes())


def _names(folder: Path) -> Iterator[str]:
    """Names of the files of keys, those of the office's certificates with them."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.name.startswith(".") and name != LIST:
            yield name


def _check_material(keys: Path) -> None:
    try:
        secrets.FileProvider(keys)
    except secrets.SecretsError as error:
        raise Invalid(
            _("密钥文件夹 %(folder)s 里没有完好的密钥：先运行 gezhi check 看是哪一把")
            % {"folder": keys}
        ) from error


def _refuse_together(target: Path, beside: Path, said: str) -> None:
    inside = media.is_within(target, beside) or media.is_within(beside, target)
    if inside or (target / layout.SETS).is_dir():
        raise Invalid(
            _("密钥不能放进备份的文件夹：谁捡到这个盘，就什么都能打开。换一个 U 盘，锁在另一个地方")
        )
    if media.same_device(target, beside) and said != KNOWINGLY:
        raise Invalid(
            _("密钥和备份在同一个盘上：丢了这个盘，等于没有加密。插上另一个 U 盘，写它的文件夹；"
              "一定要放在一起，就加上 --same-disk “%(sentence)s”")
            % {"sentence": KNOWINGLY}
        )  # fmt: skip
