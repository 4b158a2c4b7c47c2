"""Passwords everybody knows, because they stand in our own pages and manuals, or are made of them."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DEMO_PASSWORD = "gezhi-demo"  # noqa: S105 — shown on the demo's log-in page
# Words somebody who knows the system tries first; longest first, so that none hides another.
_WORDS = sorted(
    (
        *("gezhi", "demo", "admin", "administrator", "password", "passwd", "pass", "test", "user"),
        *("wangge", "jiedao", "shequ", "jiguanyi", "chengdu", "jinjiang", "welcome", "root"),
        *("qwerty", "abc", "mima", "guanliyuan", "gongan", "zhengfu", "login", "gezhidemo"),
        *("格治", "演示", "密码", "管理员", "网格", "街道", "社区", "锦官驿", "成都", "锦江"),
    ),
    key=len,
    reverse=True,
)
_OTHER_SIGNS = str.maketrans("013457@$!|", "oieastasii")
# What may stand beside such words without making them hard to guess: a year, a few signs more.
_SLIGHT = 6


def is_published(password: str, own_words: Iterable[str] = ()) -> bool:
    """Whether it is the demo's password, or known words with a number and a few signs around.

    `own_words`: what is known of the person, as staff number and name.
    """
    own = [_plain(word) for word in own_words]
    words = sorted({*_WORDS, *(word for word in own if len(word) > 1)}, key=len, reverse=True)
    plain = unicodedata.normalize("NFKC", password).casefold()
    return any(_is_made_of(words, text) for text in (plain, plain.translate(_OTHER_SIGNS)))


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text).casefold())


def _is_made_of(words: Sequence[str], text: str) -> bool:
    rest = _plain(text)
    found = False
    for word in words:
        found = found or word in rest
        rest = rest.replace(word, "")
    letters = re.sub(r"\d", "", rest)
    return found and len(letters) < _SLIGHT and len(rest) - len(letters) <= 8


class PublishedPasswordValidator:
    """Refuses what anybody would try who has seen a demo of this system."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError for a published password or a variation of one."""
        own = [str(getattr(user, name, "")) for name in ("staff_number", "name", "pinyin")]
        if is_published(password, own):
            raise ValidationError(
                _(
                    "这个密码太容易猜到：演示里公开的，或由系统名、工号、姓名、常用词加数字拼成的，都不能用"
                ),
                code="password_published",
            )

    def get_help_text(self) -> str:
        """What to choose instead."""
        return _("不要用演示密码，也不要用系统名、工号、姓名、常用词加数字。")
