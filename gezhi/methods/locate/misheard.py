"""Words of parts written as they sound: 3动 is 3栋, 2丹元 is 2单元, 6篓 is 6楼."""

from functools import cache
from typing import Final

from gezhi.methods.locate.sounds import CLEAR

# 期 and 区 are not among them: too much of common talk sounds so.
_WORDS: Final = ("号楼", "楼栋", "栋楼", "单元", "#楼", "#栋", "栋", "幢", "楼", "层", "室", "号")
_LONGEST: Final = 2
# pypinyin's first reading of 幢 is the other one.
_ALSO: Final = {"壮": "幢"}
# 2单元漏水, 3东门: these sound like a word and mean what they say.
_NOT_HEARD: Final = frozenset("漏好是时使始实事")
_SIDES: Final = frozenset("门侧边面南北区向部头方")


@cache
def _by_sound() -> dict[str, str]:
    words = {CLEAR.of(word): word for word in _WORDS}
    return words | {CLEAR.of(sign): word for sign, word in _ALSO.items()}


def misheard(text: str, start: int) -> str:
    """The word of a part that the signs here sound like and are not, "" for none.

    As long as the signs it stands for. Signs of common talk that sound like one (漏水, 东门) are
    none.
    """
    sounds = CLEAR.of(text[start : start + _LONGEST])
    for size in range(len(sounds), 0, -1):
        word = _by_sound().get(sounds[:size])
        said = text[start : start + size]
        if word and said != word and not _is_talk(text, start, said):
            return word
    return ""


def _is_talk(text: str, start: int, said: str) -> bool:
    if len(said) == 1 and said in _NOT_HEARD:
        return True
    return said == "东" and text[start + 1 : start + 2] in _SIDES
