"""What a unit does with what it was sent: take, return, finish."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.cases.deeds.form import DeedForm, WordsField
from gezhi.faces.desk.cases.deeds.units import DutyRow, UnitsForm, duty_row_of
from gezhi.faces.shell import terms
from gezhi.faces.shell.forms import PhotosField
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.records.duties import queries as duties
from gezhi.records.duties import rules as duty_rules
from gezhi.work.cases import actions
from gezhi.work.cases.kinds import must_cite, needs_of_return
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import Deed


class TakeForm(DeedForm):
    """接单: the unit begins."""

    deed = Deed.TAKE
    title = _("接单")
    label = _("接单")
    letter = "t"
    done = _("已接单，办理时限从派单时起算")
    lead = _("接单后由本单位办理；办理时限从派单时起算，接得晚不会变长。")
    direct = True

    def do(self) -> Step | None:
        return actions.take(**self.to)


class ReturnForm(UnitsForm):
    """退单: with the row of the duty list and the right unit."""

    deed = Deed.RETURN
    title = _("退回街道中心")
    label = _("退单")
    letter = "b"
    done = _("已退回街道中心重新派单")
    lead = _("退单要说清凭哪一条、该归谁。街道中心会重新派；派错和退错都会记下来。")
    template = "desk/cases/deeds/_return.html"
    danger = True

    reason_code = forms.ChoiceField(label=_("退单理由"), widget=forms.RadioSelect)
    duty_id = forms.ChoiceField(label=_("权责清单依据"), required=False)
    right_unit_id = forms.ChoiceField(
        label=_("应由哪个单位办理"),
        required=False,
        help_text=_("选了清单里的一条，不选单位就按那一条的牵头单位。"),
    )
    words = WordsField(label=_("说明"), rows=4)

    @cached_property
    def listed(self) -> Sequence[DutyRow]:
        """The rows of the duty list for this class or its families."""
        code = self.page.case.class_code
        families = duty_rules.families(code, _parents(code)) if code else []
        return [
            duty_row_of(duty) for duty in duties.duties(self.viewer) if duty.class_code in families
        ]

    @property
    def duty_rows(self) -> Sequence[DutyRow]:
        """Those that give it to another unit: they can be quoted."""
        return [row for row in self.listed if row.lead_unit_id != self.page.case.holder_id]

    @property
    def own_rows(self) -> Sequence[DutyRow]:
        """Those that say it is this unit's own: whoever returns it is told, and so is the centre."""
        return [row for row in self.listed if row.lead_unit_id == self.page.case.holder_id]

    def prepare(self) -> None:
        self.offer("reason_code", terms.choices("return_reasons"))
        quoted = [(str(row.id), row.name) for row in self.duty_rows]
        self.offer("duty_id", [("", gettext("不引用")), *quoted])
        own = {self.page.case.holder_id or 0}
        self.offer("right_unit_id", self.unit_choices(gettext("请选择"), without=own))

    def clean(self) -> dict[str, Any]:
        """All that the reason needs is asked for at once."""
        cleaned = super().clean() or self.cleaned_data
        reason = cleaned.get("reason_code") or ""
        if not reason:
            return cleaned
        if not cleaned.get("duty_id") and must_cite(self.page.case, reason):
            self.add_error("duty_id", gettext("请引用权责清单中的一条"))
        elif not (cleaned.get("right_unit_id") or cleaned.get("duty_id")) and (
            "unit" in needs_of_return(reason)
        ):
            self.add_error("right_unit_id", gettext("请写明应由哪个单位办理"))
        return cleaned

    def do(self) -> Step | None:
        cleaned = self.cleaned_data
        duty_id = int(cleaned["duty_id"]) if cleaned["duty_id"] else None
        right = int(cleaned["right_unit_id"]) if cleaned["right_unit_id"] else None
        if right is None and duty_id is not None:
            right = next(row.lead_unit_id for row in self.duty_rows if row.id == duty_id)
        return actions.return_to_centre(
            **self.to,
            reason_code=cleaned["reason_code"],
            duty_id=duty_id,
            right_unit_id=right,
            words=cleaned["words"],
        )


def _parents(class_code: str) -> list[str]:
    """The families above a class, the nearest first."""
    found: list[str] = []
    row = codes.term("matters", class_code)
    while row is not None and row.parent_code and row.parent_code not in found:
        found.append(row.parent_code)
        row = codes.term("matters", row.parent_code)
    return found


# What stands below the words of a result, the last line first.
_SAID_BELOW = (("contact", _("联系：%(contact)s")), ("basis", _("依据：%(basis)s")))


class FinishForm(DeedForm):
    """办结: the unit's reply in one screen; the reporter reads it, somebody else checks it."""

    deed = Deed.FINISH
    title = _("回复办理结果")
    label = _("办结回复")
    send = _("提交办理结果")
    letter = "f"
    done = _("已办结，等待核查")
    lead = _("办理结果会给反映人看；核查由别的单位做。")
    template = "desk/cases/deeds/_finish.html"
    quotes_again = True
    answers_for = "finish"

    photos = PhotosField(label=_("办理后的照片"))
    before_photos = PhotosField(label=_("办理前的照片"))
    words = WordsField(label=_("办理结果"), rows=5, max_length=3000, takes_focus=True)
    basis = forms.CharField(label=_("依据"), required=False, max_length=300)
    happened_at = forms.DateTimeField(
        label=_("办完的时间"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    contact = forms.CharField(
        label=_("联系人"),
        required=False,
        max_length=60,
        help_text=_("反映人还有话要问，找谁；写单位电话，不写私人号码。"),
    )

    def suggested(self) -> dict[str, Any]:
        unit = self.page.case.holder
        open_lead = [
            row for row in self.page.assignments if row.part == "lead" and not row.ended_at
        ]
        contact = f"{unit.name} {unit.public_phone}".strip() if unit else ""
        return {
            "happened_at": clock.local(clock.now()).strftime("%Y-%m-%dT%H:%M"),
            "basis": open_lead[0].duty_basis if open_lead else "",
            "contact": contact,
            **self._said_before(),
        }

    def _said_before(self) -> dict[str, str]:
        """What the unit wrote before its work failed the check, in the rows it was written in."""
        before = self.page.last_step(Deed.FINISH)
        if before is None:
            return {}
        found: dict[str, str] = {}
        said = before.words.splitlines()
        for name, mark in _SAID_BELOW:
            first = str(mark) % {name: ""}
            if said and said[-1].startswith(first):
                found[name] = said.pop().removeprefix(first)
        return {"words": "\n".join(said), **found}

    def clean_happened_at(self) -> datetime | None:
        """Not later than now: what is not done yet is not finished."""
        moment: datetime | None = self.cleaned_data["happened_at"]
        if moment is not None and moment > clock.now():
            raise forms.ValidationError(gettext("办完的时间不能晚于现在"))
        return moment

    def do(self) -> Step | None:
        cleaned = self.cleaned_data
        said = [cleaned["words"]]
        for name, mark in reversed(_SAID_BELOW):
            if cleaned[name]:
                said.append(str(mark) % {name: cleaned[name]})
        return actions.finish(
            **self.to,
            words="\n".join(said),
            photos=self.pictures(),
            before_photos=self.pictures("before_photos"),
            happened_at=cleaned["happened_at"],
        )
