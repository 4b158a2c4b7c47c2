"""What a deed is asked: its content, its photos, its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gezhi.ground.audit.rules import fits, keyed
from gezhi.ground.files.actions import PreparedPhoto
from gezhi.ground.files.models import File
from gezhi.kernel.errors import Invalid, KeyReused
from gezhi.kernel.words import clean
from gezhi.work.deeds.keys import KEY_LENGTH

WORDS_LENGTH = 4000

# Photos a deed comes with: ids of stored ones, or prepared ones that are stored when it is done.
Photos = Sequence[int | PreparedPhoto]
_PHOTOS = ("photos", "before")


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything a deed was asked to do; the same key must bring the same."""

    deed: str
    content: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """What a new step keeps of it: a keyed digest."""
        return keyed(self._plain())

    def is_what_was_asked(self, content_digest: str) -> bool:
        """Whether a step keeps the same, by whichever of the keys its digest was made."""
        return fits(self._plain(), content_digest)

    def _plain(self) -> dict[str, Any]:
        # Photos count by what is on them: sent again after a lost answer, they have new ids.
        pictures = {name: _pictures(self.content[name]) for name in _PHOTOS if name in self.content}
        return {"deed": str(self.deed), **self.content, **pictures}


def _pictures(photos: Sequence[int | str | PreparedPhoto]) -> list[str]:
    """Digests of photos in the order given."""
    stored = [photo for photo in photos if not isinstance(photo, PreparedPhoto)]
    digests: dict[int, str] = {}
    if stored:
        digests = dict(File.objects.filter(pk__in=stored).values_list("pk", "digest"))
    return [
        photo.digest if isinstance(photo, PreparedPhoto) else digests.get(int(photo), "")
        for photo in photos
    ]


def refuse_bad_key(key: str) -> None:
    """Refuse (Invalid) a deed without a key, or with one no step can hold."""
    if not key or len(key) > KEY_LENGTH:
        raise Invalid(_("缺少操作编号，请刷新页面后再试"), field="key")


def refuse_other_content(is_the_same: bool) -> None:
    """Refuse (KeyReused) what comes with a key that stands for something else."""
    if not is_the_same:
        raise KeyReused(_("同一操作编号对应了不同内容，没有保存；请刷新页面后重新提交"))


def valid_words(words: str, *, required: bool = False, what: str = "") -> str:
    """Words trimmed; refuses them when too long or, if required, when empty."""
    words = clean(words, field="words")
    if required and not words:
        raise Invalid(_("请写明%(what)s") % {"what": what or _("说明")}, field="words")
    if len(words) > WORDS_LENGTH:
        raise Invalid(
            _("说明太长：最多 %(most)d 个字，现在 %(now)d 个")
            % {"most": WORDS_LENGTH, "now": len(words)},
            field="words",
        )
    return words
