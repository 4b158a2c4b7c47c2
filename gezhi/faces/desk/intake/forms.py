"""The form of a caller: what was said, where, who, how urgent."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gezhi.faces.shell import terms
from gezhi.faces.shell.forms import KeyedForm
from gezhi.kernel.ids import typed_id
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.work.cases import actions

# What the choice "none of these" sends among the places that words may mean.
NONE_OF_THESE = "none"


class CallForm(KeyedForm):
    """One screen; only the words of the case are required."""

    channel = forms.ChoiceField(label=_("从哪儿来的"), initial="phone", widget=forms.RadioSelect)
    phone = forms.CharField(
        label=_("来电号码"),
        required=False,
        max_length=40,
        widget=forms.TextInput(
            attrs={"inputmode": "tel", "autocomplete": "off", "data-no-draft": ""}
        ),
    )
    name = forms.CharField(
        label=_("怎么称呼"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-no-draft": ""}),
    )
    text = forms.CharField(
        label=_("什么事"),
        max_length=4000,
        error_messages={"required": _("请写一写是什么事，一句话也可以")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    place_words = forms.CharField(
        label=_("在哪儿"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    # An id, NONE_OF_THESE, or "": then what the words mean counts.
    place_id = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("诉求类型"), required=False, widget=forms.RadioSelect)
    urgency = forms.ChoiceField(
        label=_("急不急"), required=False, initial="ordinary", widget=forms.RadioSelect
    )
    # The number of the case to join; only the button beside a similar one sends it.
    join = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    confidential = forms.BooleanField(label=_("反映人要求保密"), required=False)

    # What a clerk takes down for somebody; other ways in have faces of their own.
    CHANNELS = ("phone", "visit", "hotline", "letter", "paper")

    def __init__(
        self, viewer: Viewer, data: Any = None, *, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="call_%s")
        self._district_id = viewer.district_id or 0
        channels = [pair for pair in terms.choices("channels") if pair[0] in self.CHANNELS]
        for name, choices in (
            ("channel", channels),
            ("kind", terms.choices("request_kinds")),
            ("urgency", terms.choices("urgency")),
        ):
            self.offer(name, choices)

    @property
    def chosen_place(self) -> int | None:
        """The id of a chosen place; what is no number is no choice."""
        return typed_id(str(self.cleaned_data.get("place_id", "")))

    def clean(self) -> dict[str, Any]:
        """Words that may mean several places are asked back; nothing is guessed from them."""
        cleaned = super().clean() or self.cleaned_data
        if self.chosen_place is None and cleaned.get("place_id") != NONE_OF_THESE:
            words = cleaned.get("place_words", "")
            if places.understand(self._district_id, words).how == "asked":
                self.add_error(
                    "place_words", gettext("可能是下面几处：请点一处，或点“都不是，照他说的写”")
                )
        return cleaned

    def intake(self) -> actions.Intake:
        """Everything said, for the action."""
        cleaned = self.cleaned_data
        return actions.Intake(
            text=cleaned["text"],
            channel=cleaned["channel"],
            where=actions.Where(
                place_id=self.chosen_place,
                words=cleaned["place_words"],
                words_only=cleaned["place_id"] == NONE_OF_THESE,
            ),
            contact=actions.Contact(name=cleaned["name"], phone=cleaned["phone"]),
            kind=cleaned["kind"],
            urgency=cleaned["urgency"] or "ordinary",
            confidential=cleaned["confidential"],
        )
