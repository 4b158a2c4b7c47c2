"""Whether the style sheets, scripts and pictures of pages are collected, all of them and of now."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.utils.translation import gettext as _

from gezhi.ground.doctor.rules import Finding, bad, well
from gezhi.kernel import secrets

# Where `gezhi prepare` notes what it collected.
MARK = ".collected"
_MANIFEST = "staticfiles.json"


def state() -> str:
    """Path, size and time of every file the faces bring, as one digest."""
    rows = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            rows.append(f"{path} {status.st_size} {status.st_mtime_ns}")
    return secrets.digest("\n".join(sorted(rows)).encode()).hex()


def look() -> Iterator[Finding]:
    """The manifest, every file it names, and whether it is of this program."""
    folder = Path(settings.STATIC_ROOT)
    why = _("页面会没有样式、按钮点不动，或整页打不开。")
    remedy = _("停下服务，运行下面这一行，再启动。")
    try:
        names = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))["paths"].values()
    except (OSError, ValueError, KeyError):
        what = _("静态文件还没有准备好")
        yield bad("static.missing", what, why, remedy, "gezhi prepare")
        return
    gone = [name for name in names if not (folder / name).is_file()]
    if gone:
        what = _("静态文件少了 %(count)d 个，如 %(name)s") % {"count": len(gone), "name": gone[0]}
        # Without its mark `prepare` collects all of them again.
        command = f"rm -f {folder / MARK} && gezhi prepare"
        yield bad("static.missing", what, why, remedy, command)
        return
    try:
        collected = (folder / MARK).read_text(encoding="utf-8")
    except OSError:
        collected = ""
    if collected != state():
        yield bad("static.old", _("静态文件不是这一版程序的"), why, remedy, "gezhi prepare")
        return
    yield well("static.right", _("%(count)d 个静态文件都在") % {"count": len(names)})
