"""A text kept as the hashed pairs of its signs: enough to compare, not enough to read."""

import numpy as np

from gezhi.methods.resemble.grams import BITS, Hashes, hashed, signs

VERSION = b"\x01"
MOST = 256  # pairs kept of one text; the median message has 150
HEAD = np.uint32(1 << 31)  # marks a pair of the subject
PLACE = np.uint32(1 << 30)  # marks a pair that stands in a name of a place, school or company
KEY = np.uint32((1 << 30) - 1)
_HEAD_SIGNS = 30
_NAME_SIGNS = 4  # a name's signs before its last one
_ENDINGS = "路街镇乡村苑府栋幢巷园城区县场厦校院司站湾郡汇邸桥组"  # the last sign of most names
_EMPTY, _SMALL = 2, 1
_TABLE = np.zeros(0x10000, dtype=np.uint8)  # what each letter of the first plane is worth
for _worth, _letters in (
    (_EMPTY, "的了们您吗呢吧啊呀哦嘛"),
    (
        _SMALL,
        "我你他她它是在有不这那也就都而且和与及但为被把让给向于之其很太更最还又再已要会能可以到从",
    ),
):
    _TABLE[[ord(_letter) for _letter in _letters]] = _worth
_LAST = np.zeros(0x10000, dtype=bool)
_LAST[[ord(_letter) for _letter in _ENDINGS]] = True

# What a message says of any case: parts of a home, where the caller stands, and courtesies.
_OF_ANY_MESSAGE = (
    "楼道 楼下 楼上 栋楼 楼门 单元门口 路口的 旁边 院子 小区 社区 街道 上面 下面 里面 有人没人管 "
    "麻烦反映一下 请尽快来人 麻烦快点处理一下 麻烦尽快 希望给个说法 谢谢 您好 你好 之前说过一回 居民 住户 我们"
)
# One place for each pair there may be: to look there is ten times as fast as to search.
OF_ANY_MESSAGE = np.zeros(1 << BITS, dtype=bool)
OF_ANY_MESSAGE[hashed(signs(_OF_ANY_MESSAGE), 2)[0]] = True


def fingerprint(text: str) -> bytes:
    """The pairs of signs of a text, each once, those of its subject and of names marked.

    The subject is the first line, or the first 30 signs of a text of one line. Pairs of empty
    words are left out. Of a longer text the pairs with the smallest hashes are kept, so that two
    long texts keep the same ones (bottom-k sketch, Cohen & Kaplan 2007). Refuses nothing; a text
    without two neighboring signs gives one byte, the longest gives 1,025.
    """
    subject, _, _ = text.lstrip().partition("\n")
    marked, _ = _pairs(signs(subject)[:_HEAD_SIGNS])
    whole, named = _pairs(signs(text))
    pairs = np.union1d(whole, marked)
    if len(pairs) > MOST:
        pairs = _sampled(pairs, marked)
    flagged = pairs.copy()
    _flag(flagged, pairs, marked, HEAD)
    _flag(flagged, pairs, named, PLACE)
    return VERSION + flagged.astype("<u4").tobytes()


def read(stored: bytes) -> Hashes:
    """The pairs of a stored fingerprint, sorted by their hash; none for another version's."""
    if stored[:1] != VERSION or len(stored) % 4 != 1:
        return np.zeros(0, dtype=np.uint32)
    return np.frombuffer(stored, dtype="<u4", offset=1).astype(np.uint32)


def _flag(flagged: Hashes, pairs: Hashes, some: Hashes, flag: np.uint32) -> None:
    """Mark those of the sorted pairs that are among some of them."""
    if len(pairs):
        at = np.minimum(np.searchsorted(pairs, some), len(pairs) - 1)
        flagged[at[pairs[at] == some]] |= flag


def _pairs(found: Hashes) -> tuple[Hashes, Hashes]:
    """The pairs of some signs, each once, and those of them that stand in a name."""
    pairs, begins = hashed(found, 2)
    letters = np.where(found < len(_TABLE), found, 0)
    worth, ending = _TABLE[letters], _LAST[letters]
    first, second = worth[begins], worth[begins + 1]
    kept = (np.maximum(first, second) != _EMPTY) & (first + second < 2 * _SMALL)
    later = np.concatenate([ending[1:], np.zeros(_NAME_SIGNS, dtype=bool)])
    near = np.zeros(len(found), dtype=bool)
    for step in range(_NAME_SIGNS):
        near |= later[step : step + len(found)]
    return np.unique(pairs[kept]), pairs[kept & near[begins]]


def _sampled(pairs: Hashes, marked: Hashes) -> Hashes:
    others = np.setdiff1d(pairs, marked)
    mixed = others * np.uint32(0x9E3779B1)
    chosen = others[np.argsort(mixed, kind="stable")[: MOST - len(marked)]]
    return np.union1d(chosen, marked)
