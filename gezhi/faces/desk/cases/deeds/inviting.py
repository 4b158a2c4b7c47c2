"""What the centre does for a unit without accounts: give it a link, answer it, take the link back."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.cases.deeds.form import DeedForm, WordsField
from gezhi.work.cases import actions
from gezhi.work.cases.deeds.invite import CONTACT_LENGTH
from gezhi.work.cases.inviting import hours, open_assignments, signs_of
from gezhi.work.cases.models import Assignment, Step
from gezhi.work.cases.rules import Deed


@dataclass(frozen=True, slots=True)
class Handed:
    """What is handed over once: the link's sign, the code, to whom, and for how long."""

    link: str
    code: str
    unit_name: str
    hours: int


class InviteForm(DeedForm):
    """发临时链接: what the unit reads, and what it gets besides."""

    REFUSED_AS = DeedForm.REFUSED_AS | {"brief": "words"}
    deed = Deed.INVITE
    title = _("给外单位发临时链接")
    label = _("发临时链接")
    send = _("做一个链接和码")
    done = _("链接和码做好了，请分两条消息发")
    lead = _(
        "没有账号的单位（物业、商户、志愿队）凭链接和码办这一件事：接单、提问、拍照办完。"
        "再发一个，前一个就失效。"
    )
    template = "desk/cases/deeds/_invite.html"

    unit_id = forms.ChoiceField(label=_("给哪个单位"), widget=forms.RadioSelect)
    words = WordsField(
        label=_("要办什么"),
        rows=4,
        takes_focus=True,
        help_text=_(
            "对方只看到您在这里写的和地点，看不到反映人的原话。不要写是谁反映的，也不要写手机号。"
        ),
    )
    contact = forms.CharField(
        label=_("现场找谁"),
        required=False,
        max_length=CONTACT_LENGTH,
        help_text=_("对方要找人才办得了才填；填了就会给对方看，反映人的要先问过本人。"),
    )
    photos_too = forms.BooleanField(
        label=_("把反映人拍的照片也给对方看"),
        required=False,
        help_text=_("先看一眼照片里有没有人脸、门牌、车牌。"),
    )

    @cached_property
    def units(self) -> Sequence[Assignment]:
        """Where it was sent and nobody is in post."""
        return open_assignments(self.page.case)

    def prepare(self) -> None:
        self.offer(
            "unit_id",
            [(str(one.unit_id), f"{one.unit.name}（{_part(one)}）") for one in self.units],
        )

    def suggested(self) -> dict[str, Any]:
        sent = self.page.last_step(Deed.DISPATCH)
        first = self.units[0] if self.units else None
        return {
            "words": sent.words if sent else "",
            "unit_id": str(first.unit_id) if first else "",
        }

    @property
    def handed(self) -> Handed:
        """What the page shows once it is done, and again for the same button."""
        signs = signs_of(self.viewer, self.key)
        chosen = str(self.cleaned_data["unit_id"])
        name = next((one.unit.name for one in self.units if str(one.unit_id) == chosen), "")
        return Handed(signs.link, signs.code, name, hours())

    def do(self) -> Step | None:
        cleaned = self.cleaned_data
        return actions.invite(
            **self.to,
            unit_id=int(cleaned["unit_id"]),
            brief=cleaned["words"],
            contact=cleaned["contact"],
            photos=cleaned["photos_too"],
        )


def _part(assignment: Assignment) -> str:
    return gettext("主办") if assignment.part == "lead" else gettext("协办")


class RevokeForm(DeedForm):
    """收回临时链接."""

    deed = Deed.REVOKE
    title = _("收回临时链接")
    label = _("收回链接")
    send = _("马上收回")
    done = _("已收回，链接当场失效")
    lead = _("链接发错了群、办的人换了，就收回。收回后对方打不开这一页；已经做过的都留着。")
    danger = True

    words = WordsField(label=_("为什么收回"), rows=2, required=False)

    def do(self) -> Step | None:
        return actions.revoke(**self.to, words=self.cleaned_data["words"])


class RespondForm(DeedForm):
    """回话 to what somebody outside asked."""

    deed = Deed.RESPOND
    title = _("回话给外单位")
    label = _("回话")
    send = _("发给对方")
    done = _("回话已经在对方的页面上")

    words = WordsField(label=_("回什么话"), rows=3, takes_focus=True)
    phones = forms.BooleanField(
        label=_("手机号给对方看"),
        required=False,
        help_text=_("上面写了手机号才勾；先问过本人。"),
    )

    def prepare(self) -> None:
        asked = self.page.last_step(Deed.INQUIRE)
        self.lead = gettext("写给拿着临时链接的单位看；不要写是谁反映的。")
        if asked is not None:
            self.lead = gettext("对方问：%(words)s") % {"words": asked.words}

    def do(self) -> Step | None:
        cleaned = self.cleaned_data
        return actions.respond(**self.to, words=cleaned["words"], phones=cleaned["phones"])
