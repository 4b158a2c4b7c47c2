"""What a deed is asked: its permanent key, its content, its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gezhi.ground.audit.rules import fits, keyed
from gezhi.ground.files.models import File
from gezhi.kernel.errors import Invalid, KeyReused
from gezhi.kernel.viewer import Viewer
from gezhi.kernel.words import clean
from gezhi.work.cases.keys import KEY_LENGTH, owner_of
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import Deed

WORDS_LENGTH = 4000


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything a deed was asked to do; the same key must bring the same."""

    deed: Deed
    content: dict[str, Any]

    @property
    def digest(self) -> str:
        """What a new step keeps of it: a keyed digest."""
        return keyed(self._plain())

    def is_what_was_asked(self, step: Step) -> bool:
        """Whether this step was asked the same, by whichever of the keys its digest was made."""
        return fits(self._plain(), step.content_digest)

    def _plain(self) -> dict[str, Any]:
        # Photos count by what is on them: sent again after a lost answer, they have new ids.
        pictures: dict[str, Any] = {
            name: _pictures(self.content[name])
            for name in ("photos", "before")
            if name in self.content
        }
        return {"deed": self.deed.value, **self.content, **pictures}


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


def made_with(key: str, by: Viewer, district_id: int, report_id: int | None = None) -> Step | None:
    """The step this doer already made with this key, with its case; others' keys are unknown."""
    owner = owner_of(by, report_id)
    # Nearly every key is new, so nothing but an id is asked for.
    known = list(
        Step.objects.filter(district_id=district_id, key_owner=owner, deed_key=key)
        .order_by()
        .values_list("pk", flat=True)[:1]
    )
    return Step.objects.select_related("case").get(pk=known[0]) if known else None


def answered(step: Step, asked: Asked) -> Step:
    """The step as the answer to a deed that came again; refuses (KeyReused) one of other content."""
    refuse_other_content(asked.is_what_was_asked(step))
    return step


def refuse_other_content(is_the_same: bool) -> None:
    """Refuse (KeyReused) what comes with a key that stands for something else."""
    if not is_the_same:
        raise KeyReused(_("同一操作编号对应了不同内容，没有保存；请刷新页面后重新提交"))


def checked_words(words: str, *, required: bool = False, what: str = "") -> str:
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
