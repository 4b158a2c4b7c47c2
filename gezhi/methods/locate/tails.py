"""The common ends of compounds' names: what people leave off, and what they do not mistake."""

from typing import Final

# Longest first.
TAILS: Final = (
    *(
        "花园",
        "家园",
        "小区",
        "名苑",
        "雅苑",
        "佳苑",
        "嘉苑",
        "景苑",
        "公寓",
        "新城",
        "新村",
        "新居",
    ),
    *(
        "山庄",
        "别墅",
        "广场",
        "大厦",
        "中心",
        "华府",
        "府邸",
        "公馆",
        "华庭",
        "雅庭",
        "庭院",
        "名城",
    ),
    *("雅居", "名居", "国际", "江岸", "宿舍", "大院"),
    *("苑", "园", "城", "府", "庭", "居", "里", "坊", "湾", "院", "村", "楼", "阁", "轩", "邸"),
)
_ALL: Final = frozenset(TAILS)
# Too short or too common to be the whole that is left off.
_LEFT_OFF: Final = tuple(tail for tail in TAILS if len(tail) > 1)

# A slip of these is another address: 一巷 is not 二巷, A区 not B区.
NUMBERING: Final = frozenset("0123456789一二两三四五六七八九十东西南北ABCDEFGHJ")
# A slip between two of these is: 上 for 下, 新 for 老.
OPPOSED: Final = NUMBERING | frozenset("中上下前后左右内外新老旧大小")


def stem_of(name: str) -> str:
    """The name without its common end (锦绣花园 → 锦绣), "" where fewer than two signs are left."""
    for tail in _LEFT_OFF:
        if name.endswith(tail):
            return name.removesuffix(tail) if len(name) - len(tail) >= 2 else ""
    return ""


def tail_of(name: str) -> str:
    """The common end of a name, "" for none."""
    for size in (2, 1):
        if len(name) > size and name[-size:] in _ALL:
            return name[-size:]
    return ""
