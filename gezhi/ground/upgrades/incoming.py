"""A bundle on its way in: unpacked beside the versions, and looked at before anything is changed."""

import shutil
import tarfile
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from gezhi.ground.upgrades import installer
from gezhi.ground.upgrades.installation import Installation
from gezhi.kernel.errors import Invalid

FOLDER = "incoming"


def unpack(bundle: Path, installation: Installation) -> tuple[Path, dict[str, Any]]:
    """The folder of an unpacked and verified bundle, with what it says of itself.

    Refuses (Invalid) what is no bundle, is damaged, or is for another machine. `bundle` may be the
    archive, or a folder somebody unpacked.
    """
    try:
        folder = bundle.resolve() if bundle.is_dir() else _unpacked(bundle, installation)
        return folder, installer.verify(folder)
    except installer.Refused as refusal:
        raise Invalid(str(refusal)) from refusal


def clear(installation: Installation) -> None:
    """Take away what was unpacked."""
    shutil.rmtree(installation.prefix / FOLDER, ignore_errors=True)


def _unpacked(bundle: Path, installation: Installation) -> Path:
    clear(installation)
    folder = installation.prefix / FOLDER
    try:
        folder.mkdir(parents=True)
        with tarfile.open(bundle) as archive:
            members = archive.getmembers()
            for member in members:
                _refuse_elsewhere(member)
            archive.extractall(folder, members)  # noqa: S202 - looked at above
        (inner,) = folder.iterdir()
    except FileNotFoundError as error:
        raise Invalid(_("没有这个文件：%(file)s") % {"file": bundle}) from error
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise Invalid(
            _("%(file)s 不是格治的安装包，或没有拷完整：重新拷一份") % {"file": bundle}
        ) from error
    except OSError as error:
        raise Invalid(
            _("安装包解不开：%(fault)s。看看磁盘还有没有地方") % {"fault": error.strerror or "?"}
        ) from error
    return inner


def _refuse_elsewhere(member: tarfile.TarInfo) -> None:
    path = Path(member.name)
    if not (member.isfile() or member.isdir()) or path.is_absolute() or ".." in path.parts:
        raise tarfile.TarError("a bundle holds plain files and folders below one folder")
