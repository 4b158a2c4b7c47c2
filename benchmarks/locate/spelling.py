"""How numbers are written and how signs sound: what the slips of the generator are made of."""

from functools import cache
from typing import Final

from pypinyin import lazy_pinyin

from benchmarks.locate.manners import TAILS, Format


def shortened(name: str) -> str:
    """A compound's name as people cut it short, "" where too little is left."""
    for tail in TAILS:
        if name.endswith(tail) and len(name) - len(tail) >= 2:
            return name.removesuffix(tail)
    return ""


def counts(sign: str) -> bool:
    """Whether the sign counts or orders: such a slip is another address, not a slip."""
    return sign.isdigit() or sign in "一二三四五六七八九十东西南北段期号"


def numeral(number: str, style: Format) -> str:
    """A number in the numerals of the format."""
    if not number.isdigit() or style.numerals == "arabic":
        return number
    written = chinese(int(number))
    return _capital(written) if style.numerals == "capital" else written


def spelled(number: str, style: Format) -> str:
    """Digit by digit, as room numbers are read: 1504 一五零四."""
    if style.numerals == "arabic":
        return number
    written = "".join(
        "零一二三四五六七八九"[int(sign)] if sign.isdigit() else sign for sign in number
    )
    return _capital(written) if style.numerals == "capital" else written


def chinese(number: int) -> str:
    """Below a hundred, as said: 15 十五, 23 二十三."""
    tens, ones = divmod(number, 10)
    head = ("十" if tens == 1 else "零一二三四五六七八九"[tens] + "十") if tens else ""
    return head + ("零一二三四五六七八九"[ones] if ones or not tens else "")


def _capital(written: str) -> str:
    return written.translate(str.maketrans("一二三四五六七八九十", "壹贰叁肆伍陆柒捌玖拾"))


@cache
def common_signs() -> tuple[str, ...]:
    """The 3,755 common characters, level 1 of GB 2312."""
    signs = []
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            try:
                signs.append(bytes((high, low)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return tuple(signs)


_BLURS: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("n", "l"))


@cache
def sound_of(sign: str, *, blurred: bool) -> str:
    sound = lazy_pinyin(sign)[0]
    if blurred:
        for clear, blur in _BLURS[:5]:
            sound = sound.replace(clear, blur)
        if sound.startswith("n"):
            sound = "l" + sound[1:]
    return sound


@cache
def sounding(sound: str, parity: int, *, blurred: bool) -> tuple[str, ...]:
    """Common characters of this sound, half of them in each manner."""
    return tuple(
        sign
        for sign in common_signs()
        if ord(sign) % 2 == parity and sound_of(sign, blurred=blurred) == sound
    )
