"""Which fonts of this machine papers are set in, and what to do where there is none.

Offices set titles in 方正小标宋, text in 仿宋, headings in 黑体 and 楷体 (GB/T 9704). A machine that lacks
one takes the next of its kind; a machine without any Chinese font prints no PDF and says what to install.
`doctor` asks `found`, and nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

# From the one an office should have to the one that every machine can be given. All names of a font
# count: Chinese Windows knows it by its Chinese name, others by the English one.
_SONG = (
    "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Source Han Serif CN",
    "思源宋体", "SimSun", "宋体", "NSimSun", "STSong", "华文宋体", "Songti SC", "FandolSong",
)  # fmt: skip
_HEI = (
    "SimHei", "黑体", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN",
    "思源黑体", "Microsoft YaHei", "微软雅黑", "STHeiti", "Heiti SC", "FandolHei",
    "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback",
)  # fmt: skip
_FANG = (
    "FangSong_GB2312",
    "仿宋_GB2312",
    "FangSong",
    "仿宋",
    "STFangsong",
    "华文仿宋",
    "FandolFang",
)
_KAI = ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "华文楷体", "FandolKai")
_TITLE = (
    "FZXiaoBiaoSong-B05S",
    "方正小标宋简体",
    "FZXiaoBiaoSong-B05",
    "方正小标宋_GBK",
    "FZXiaoBiaoSong-B05",
)

_WANTED = {"title": _TITLE, "text": _FANG, "heading": _HEI, "kai": _KAI}
_INSTEAD = {"title": _SONG, "text": _SONG, "heading": _SONG, "kai": _FANG + _SONG}


@dataclass(frozen=True, slots=True)
class Fonts:
    """The family of each use, "" where the machine has no Chinese font at all."""

    title: str
    text: str
    heading: str
    kai: str
    missing: tuple[str, ...]
    """What GB/T 9704 asks for and another stands in for, in the office's words."""

    @property
    def is_usable(self) -> bool:
        """Whether Chinese can be set at all."""
        return bool(self.text)

    @property
    def words(self) -> str:
        """What is wrong and how to put it right; "" where all four are there."""
        if not self.is_usable:
            return _(
                "这台机器没有中文字体，印不出 PDF（网页和 Word 照常）。"
                "Debian、Ubuntu 安装 fonts-noto-cjk；不能联网的，把字体文件（.ttf、.ttc、.otf）放进数据文件夹的 fonts，再重新启动。"
            )
        if self.missing:
            return _(
                "没有%(missing)s，用“%(instead)s”代替。要和公文一样，把字体文件放进数据文件夹的 fonts，再重新启动。"
            ) % {"missing": "、".join(self.missing), "instead": self.text}
        return ""


_NAMES = {"title": "方正小标宋", "text": "仿宋", "heading": "黑体", "kai": "楷体"}


def found(folder: Path) -> Fonts:
    """The fonts of this machine and of a folder of its own (`GEZHI_HOME/fonts`)."""
    return chosen(_families(folder))


@lru_cache(maxsize=4)
def _families(folder: Path) -> frozenset[str]:
    # Loaded when asked: most processes never print.
    import typst

    paths = [str(folder)] if folder.is_dir() else []
    return frozenset(typst.Fonts(font_paths=paths, include_embedded_fonts=False).families())


def chosen(families: Iterable[str]) -> Fonts:
    """The same out of these families; of a kind that lacks all, any other Chinese font."""
    known = frozenset(families)
    # A machine with only one Chinese font sets everything in it.
    last = _first(_SONG + _FANG + _HEI + _KAI, known)
    use: dict[str, str] = {}
    missing = []
    for kind, wanted in _WANTED.items():
        own = _first(wanted, known)
        if not own and last:
            missing.append(_NAMES[kind])
        use[kind] = own or _first(_INSTEAD[kind], known) or last
    return Fonts(missing=tuple(missing), **use)


def _first(names: Iterable[str], known: frozenset[str]) -> str:
    return next((name for name in names if name in known), "")
