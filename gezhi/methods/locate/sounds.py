"""How signs sound, as one sign for each sound: a text in sounds is searched like any text."""

from typing import Final

# Sounds that southern speech does not part: zh/z, ing/in, and n for l at the beginning.
_BLURS: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"))
_FIRST_CODE: Final = 0xE000


class Sounds:
    """Turns text into sounds, each a private sign of Unicode; length for length.

    `blurred`: sounds that southern speech does not part are one. The syllable of a sign without
    its tone, of several the commonest, is pypinyin's; other signs are themselves. pypinyin is
    imported on first use, and asked once for each sign.
    """

    def __init__(self, *, blurred: bool) -> None:
        self._blurred = blurred
        self._codes: dict[str, str] = {}
        self._of_sign: dict[str, str] = {}

    def of(self, text: str) -> str:
        """The text in sounds; two texts that sound alike come out the same."""
        known = self._of_sign
        return "".join([known.get(sign) or self._learn(sign) for sign in text])

    def _learn(self, sign: str) -> str:
        if sign.isascii():
            sound = sign
        else:
            from pypinyin import lazy_pinyin

            syllable = lazy_pinyin(sign)[0]
            if self._blurred:
                syllable = _blurred(syllable)
            sound = self._codes.setdefault(syllable, chr(_FIRST_CODE + len(self._codes)))
        # The signs of Chinese are few; junk in long messages is not to be kept.
        if sign.isalpha() or sign.isascii():
            self._of_sign[sign] = sound
        return sound


def _blurred(syllable: str) -> str:
    for clear, blur in _BLURS:
        syllable = syllable.replace(clear, blur)
    return "l" + syllable[1:] if syllable.startswith("n") else syllable


# One for all gazetteers of a process: what a sign sounds like does not change.
CLEAR: Final = Sounds(blurred=False)
BLUR: Final = Sounds(blurred=True)
