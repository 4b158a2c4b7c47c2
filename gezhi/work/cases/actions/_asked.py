"""What a deed is asked: its permanent key, its content, its words."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from gezhi.ground.audit.rules import keyed
from gezhi.ground.files.models import File
from gezhi.kernel.errors import Invalid, KeyReused
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import Deed

KEY_LENGTH = 80
WORDS_LENGTH = 4000


def content_digest(deed: Deed, content: dict[str, Any]) -> str:
    """Keyed digest of everything a deed was asked to do; the same key must bring the same.

    Photos count by what is on them: sent again after a lost answer, they come under new ids.
    """
    pictures: dict[str, Any] = {
        name: _pictures(content[name]) for name in ("photos", "before") if name in content
    }
    return keyed({"deed": deed.value, **content, **pictures})


def _pictures(file_ids: Sequence[int | str]) -> list[str]:
    """Digests of stored photos in the order given."""
    if not file_ids:
        return []
    digests = dict(File.objects.filter(pk__in=file_ids).values_list("pk", "digest"))
    return [digests.get(int(file_id), "") for file_id in file_ids]


def refuse_bad_key(key: str) -> None:
    """Refuse (Invalid) a deed without a key, or with one no step can hold."""
    if not key or len(key) > KEY_LENGTH:
        raise Invalid(_("缺少操作编号，请刷新页面后再试"), field="key")


def earlier(district_id: int, key: str, digest: str) -> Step | None:
    """The step this key already made; refuses (KeyReused) when it came with other content."""
    refuse_bad_key(key)
    # Nearly every key is new, so only two columns are asked for.
    known = list(
        Step.objects.filter(district_id=district_id, deed_key=key)
        .order_by()
        .values_list("pk", "content_digest")[:1]
    )
    if not known:
        return None
    pk, stored = known[0]
    if stored != digest:
        raise KeyReused(_("同一操作编号对应了不同内容，没有保存；请刷新页面后重新提交"))
    return Step.objects.select_related("case").get(pk=pk)


def checked_words(words: str, *, required: bool = False, what: str = "") -> str:
    """Words trimmed; refuses them when too long or, if required, when empty."""
    words = words.replace("\x00", "").strip()
    if required and not words:
        raise Invalid(_("请写明%(what)s") % {"what": what or _("说明")}, field="words")
    if len(words) > WORDS_LENGTH:
        raise Invalid(
            _("说明太长：最多 %(most)d 个字，现在 %(now)d 个")
            % {"most": WORDS_LENGTH, "now": len(words)},
            field="words",
        )
    return words
