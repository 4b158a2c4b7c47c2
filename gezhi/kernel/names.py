"""What can be a name, of a person, a unit, a post or a place; the one rule of every form and sheet.

A name is seen, not over-long, and has no signs that stand in formulas, commands and markup and in no
name: a cell "=cmd|calc" is a slip or an attack, and a number in the column of names is a column
that was taken for another.
"""

import re

from django.utils.translation import gettext as _

from gezhi.kernel import words
from gezhi.kernel.errors import Invalid

_BEGINS_A_FORMULA = "=+-@"
_IN_NO_NAME = frozenset("=|<>{}\\")
# Signs Chinese names are written with: 漢字 of every plane, 〇, and the dot within 古丽·买买提.
_HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·•‧・"
_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}]) (?=[{_HAN}])")


def person(text: str, *, field: str = "name") -> str:
    """The name of a person on one line: 李 梅, spaced to stand even with names of three signs in a
    sheet, is 李梅. Blanks beside other letters stay (J. O'Neill), single ones."""
    return _BETWEEN_HAN.sub("", words.line(text, field=field))


def valid(
    text: str, *, most: int, field: str = "name", empty: str = "", may_be_digits: bool = False
) -> str:
    """The name on one line without outer and doubled blanks.

    Refuses (Invalid, at `field`) an empty one (`empty` is the sentence), one over `most` signs, one
    with signs that no name has, and one of digits and marks alone; of marks alone even where it
    `may_be_digits`.
    """
    plain = words.line(text, field=field, most=most)
    if not plain:
        raise Invalid(empty or _("请填写名称"), field=field)
    if plain[0] in _BEGINS_A_FORMULA or _IN_NO_NAME & set(plain):
        raise Invalid(_("名字里有不该有的符号（如 = | < > @），请核对"), field=field)
    if may_be_digits and not any(sign.isalnum() for sign in plain):
        raise Invalid(_("这里要填名字或号码，不能只有符号"), field=field)
    if not may_be_digits and not any(sign.isalpha() for sign in plain):
        raise Invalid(_("这里要填名字，不能只有数字或符号"), field=field)
    return plain
