"""Sort keys of Chinese names, stored when a name is written: no database sorts Chinese well."""

import unicodedata

from pypinyin import lazy_pinyin

# Surnames that are not read as the same sign is elsewhere (《通用规范汉字表》 readings of surnames).
_SURNAMES = {
    "万俟": "mo qi",
    "尉迟": "yu chi",
    "澹台": "tan tai",
    "长孙": "zhang sun",
    "单于": "chan yu",
    "令狐": "ling hu",
    "曾": "zeng",
    "单": "shan",
    "仇": "qiu",
    "解": "xie",
    "查": "zha",
    "区": "ou",
    "盖": "ge",
    "朴": "piao",
    "翟": "zhai",
    "任": "ren",
    "缪": "miao",
    "乐": "yue",
    "冼": "xian",
    "员": "yun",
    "祭": "zhai",
    "种": "chong",
    "繁": "po",
    "黑": "he",
    "折": "she",
    "秘": "bi",
    "覃": "qin",
}


def sort_key(name: str, *, limit: int) -> str:
    """The lower-case pinyin of a name, syllables apart, cut at `limit` characters.

    Latin letters and digits stay as they are; signs of width are made narrow first.
    """
    return _joined(lazy_pinyin(_normal(name)), limit)


def person_key(name: str, *, limit: int) -> str:
    """The same for a person: surnames with a reading of their own are read so."""
    plain = _normal(name)
    for length in (2, 1):
        reading = _SURNAMES.get(plain[:length])
        if reading is not None:
            return _joined([*reading.split(), *lazy_pinyin(plain[length:])], limit)
    return sort_key(plain, limit=limit)


def _normal(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip()


def _joined(syllables: list[str], limit: int) -> str:
    return " ".join(" ".join(syllables).lower().split())[:limit]
