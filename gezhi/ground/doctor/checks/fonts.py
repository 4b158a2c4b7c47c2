"""Whether the machine has Chinese type for printed sheets: asked of fontconfig, as printing does."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from gezhi.ground.doctor.rules import Finding, watch, well

_PATIENCE = 20
# Where fonts lie on a machine without the command of fontconfig, and how Chinese ones are called.
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
_NAMES = ("cjk", "sourcehan", "simsun", "simhei", "simfang", "fzxbs", "wqy", "uming", "ukai")


def look() -> Iterator[Finding]:
    """Families that hold Chinese."""
    found = families()
    if found:
        shown = "、".join(found[:3])
        yield well(
            "fonts.chinese",
            _("%(count)d 种中文字体：%(shown)s") % {"count": len(found), "shown": shown},
        )
        return
    yield watch(
        "fonts.none",
        _("这台机器没有中文字体"),
        _("打印的交办单、告知书、通报上，汉字会是空白的方块；网页不受影响。"),
        _(
            "装一种宋体。没有网络：把字体文件拷进 ~/.local/share/fonts，运行 fc-cache；"
            "字体要有权使用（思源宋体、Noto 是免费的）。"
        ),
        "apt-get install fonts-noto-cjk && fc-cache -f",
    )


def families() -> list[str]:
    """Names of the Chinese families, sorted; of font files where there is no fontconfig."""
    command = shutil.which("fc-list")
    if command is None:
        return sorted(_files())
    done = subprocess.run(  # noqa: S603 - our own words
        [command, ":lang=zh-cn", "family"],
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    return sorted({line.partition(",")[0].strip() for line in done.stdout.splitlines() if line})


def _files() -> set[str]:
    return {
        path.stem
        for folder in _FOLDERS
        for path in Path(folder).expanduser().rglob("*.[to]t[fc]")
        if any(name in path.name.lower() for name in _NAMES)
    }
