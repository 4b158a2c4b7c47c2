"""Whether what this installation holds is its owner's alone."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from gezhi.ground.doctor.own_files import own_files
from gezhi.ground.doctor.rules import Finding, bad, watch, well
from gezhi.kernel import ownership

_SHOWN = 4


def look() -> Iterator[Finding]:
    """What others may open, and what the user who runs this may not."""
    paths = [path for path in own_files() if path.exists()]
    foreign = [path for path in paths if not os.access(path, os.R_OK)]
    if foreign:
        yield bad(
            "permissions.foreign",
            _("运行格治的用户打不开：%(paths)s") % {"paths": _spoken(foreign)},
            _("多半是用别的用户（如 root）运行过命令，服务就读不到这些文件。"),
            _("把它们的主人改回运行格治的用户。"),
            f"sudo chown -R $(id -un) {settings.GEZHI_HOME}",
        )
    exposed = ownership.open_to_others(paths)
    if exposed:
        yield watch(
            "permissions.open",
            _("这台机器上别的用户也打得开：%(paths)s") % {"paths": _spoken(exposed)},
            _("数据库和照片里有居民的话和住处。"),
            _("收紧成只有自己能读写。"),
            "gezhi prepare",
        )
    if not (foreign or exposed):
        yield well("permissions.right", _("数据库、照片、密钥只有运行格治的用户打得开"))


def _spoken(paths: list[Path]) -> str:
    shown = "、".join(str(path) for path in paths[:_SHOWN])
    if len(paths) > _SHOWN:
        return _("%(shown)s 等 %(count)d 个") % {"shown": shown, "count": len(paths)}
    return shown
