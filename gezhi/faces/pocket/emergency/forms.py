"""What a grid answers: 平安 by its button, 有事 by a sentence and what else is at hand."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from gezhi.faces.shell.forms import KeyedForm, PhotosField
from gezhi.ground.codes import queries as codes
from gezhi.kernel.viewer import Viewer
from gezhi.work.emergency import actions, plans
from gezhi.work.emergency.models import WORDS, Answer
from gezhi.work.emergency.queries import Asked
from gezhi.work.emergency.rules import Said


class AnswerForm(KeyedForm):
    """有事, and with `said` safe nothing but that."""

    said = forms.ChoiceField(choices=Said.choices, widget=forms.HiddenInput)
    # When it was said, where the phone had no net then; written by the page, never by hand.
    said_at = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    photos = PhotosField(label=gettext_lazy("照片"))
    class_code = forms.ChoiceField(
        label=gettext_lazy("哪一类"), required=False, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=gettext_lazy("什么事"),
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(
            attrs={"rows": 2, "placeholder": gettext_lazy("如：3 栋地下室进水，没有人被困")}
        ),
    )
    where = forms.CharField(
        label=gettext_lazy("具体位置"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("如：3 栋北门")}),
    )

    def __init__(self, viewer: Viewer, asked: Asked, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.viewer, self.asked = viewer, asked
        row = asked.emergency
        found = [codes.term("matters", code) for code in plans.classes(row.plan_code, row.pack_id)]
        self.offer("class_code", [(one.code, one.label) for one in found if one is not None])

    def do(self, photos: list[int]) -> Answer:
        """Answer, with these photos that are stored already; raises what the action raises."""
        data = self.cleaned_data
        return actions.answer(
            emergency_id=self.asked.emergency.pk,
            grid_id=self.asked.grid_id,
            said=data["said"],
            text=data["text"],
            class_code=data["class_code"],
            where=data["where"],
            photos=photos,
            by=self.viewer,
            key=self.key,
            said_at=self._said_at(),
        )

    def _said_at(self) -> datetime | None:
        """What is no moment of a phone says nothing: then it was said now."""
        try:
            found = datetime.fromisoformat(self.cleaned_data["said_at"])
            # The first and last days there are have no such moment in every zone.
            return found.astimezone(UTC) if found.tzinfo is not None else None
        except (ValueError, OverflowError):
            return None
