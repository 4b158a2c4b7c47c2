"""地点: where a case is written down, put right while accepting or by a deed of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.cases.advice_words import choices, offered
from gezhi.faces.desk.cases.deeds.form import DeedForm, WordsField
from gezhi.kernel.errors import Refusal
from gezhi.kernel.ids import typed_id
from gezhi.records.places import queries as places
from gezhi.records.places.queries import PlaceFound
from gezhi.work.cases import actions
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import Deed
from gezhi.work.triage.queries import AdviceView, advice_for_case

# Stands chosen until somebody chooses a place, or sure advice knows better (`takes_place`).
KEEP = "keep"
WORDS_LENGTH = 60


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """One place to choose: its whole name, what tells it from its namesakes, what advice says."""

    id: str
    words: str
    more: str
    mark: str = ""


def place_choices(
    case: Case, *, typed: str, chosen: str, view: AdviceView | None
) -> list[PlaceChoice]:
    """The chosen place, then what the typed words mean or find; before anything is typed what triage holds
    likeliest. The place the case has already is left out."""
    marks = choices(view)
    first = [int(chosen)] if is_id(chosen) else []
    advised = [] if typed else [int(code) for code in marks if is_id(code)]
    wanted = list(dict.fromkeys([*first, *advised]))
    found = list(places.places_found(wanted, district_id=case.district_id))
    if typed:
        listed = places.meant_or_found(case.district_id, typed)
        found += [one for one in listed if one.place.id not in first]
    names = places.whole_names_of(one.place.id for one in found) if found else {}
    return [
        _choice(one, names, marks)
        for one in found
        if one.place.id != case.place_id or one.place.id in first
    ]


def _choice(one: PlaceFound, names: dict[int, str], marks: dict[str, str]) -> PlaceChoice:
    code, name = str(one.place.id), names[one.place.id]
    address = one.place.address.removesuffix(name.replace(" ", ""))
    more = " ".join(part for part in (one.community_name, address) if part)
    return PlaceChoice(code, name, more, marks.get(code, ""))


def takes_place(case: Case, view: AdviceView) -> bool:
    """Whether accepting writes the case down at the advised place unless somebody chooses another.

    The advice is sure, nobody has put the place right since, and it knows better: the case has
    neither place nor point, or a place that the advised one is a part of.
    """
    if not offered(view) or view.settled:
        return False
    if case.place_id is not None:
        return places.stands_in(int(view.code), case.place_id)
    return case.longitude is None


def place_words(view: AdviceView) -> str:
    """The advised place with the community and grid it lies in."""
    areas = places.short_words_of(places.location_of_place(int(view.code)))
    return f"{view.name}（{areas}）" if areas else view.name


def is_id(typed: str) -> bool:
    """Whether this can be the id of a place."""
    return typed_id(typed) is not None


class PlaceForm(DeedForm):
    """A deed that may write the case down at another place: found by words, chosen from rows."""

    place_words = forms.CharField(label=_("地点"), required=False, max_length=WORDS_LENGTH)
    place_id = forms.CharField(
        required=False, max_length=20, initial=KEEP, widget=forms.HiddenInput
    )

    may_keep = True

    @property
    def place_now(self) -> str:
        """Where the case is written down now, in words; "" for nowhere."""
        row = self.page.row
        areas = " ".join(part for part in (row.community_name, row.grid_name) if part)
        words = row.place_words or self.page.place_name
        return "，".join(part for part in (words, areas or gettext("没有定到网格")) if part)

    @property
    def chosen_place(self) -> str:
        """The id that stands chosen now; "" where the place is kept."""
        typed = self.typed("place_id")
        return typed if is_id(typed) else ""

    @property
    def advised_place(self) -> AdviceView | None:
        """What triage advises on the place."""
        return advice_for_case(self.viewer, self.page.case).of_place

    @cached_property
    def found_places(self) -> Sequence[PlaceChoice]:
        """The places that can be chosen now."""
        typed = self.typed("place_words").strip()[:WORDS_LENGTH]
        return place_choices(
            self.page.case, typed=typed, chosen=self.chosen_place, view=self.advised_place
        )

    def clean(self) -> dict[str, Any]:
        """One place or none; words nobody chose a place for are asked back, never guessed from."""
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("place_id") or KEEP
        cleaned["where"] = actions.Where(place_id=int(chosen)) if is_id(chosen) else None
        if is_id(chosen):
            return cleaned
        if chosen != KEEP:
            self.add_error("place_words", gettext("没有这个地点，请重新选择"))
        elif not self.may_keep and (meant := self._meant_place()):
            cleaned["where"] = actions.Where(place_id=meant)
        elif cleaned.get("place_words"):
            self.add_error("place_words", self._what_to_do_with_words())
        elif not self.may_keep:
            self.add_error("place_words", gettext("请找到并点选一个地点"))
        return cleaned

    def _meant_place(self) -> int | None:
        """The place that the words mean for sure, where there is no old one to keep instead."""
        typed = self.typed("place_words")
        meant = places.understand(self.page.case.district_id, typed)
        return meant.place.id if meant.place is not None else None

    def _what_to_do_with_words(self) -> str:
        if not self.found_places:
            return gettext("没有叫这个的小区或楼栋，换个词再找")
        if self.may_keep:
            return gettext("请点选一个地点；要保持原地点，就把这里清空")
        return gettext("请点选一个地点")

    def refuse(self, refusal: Refusal) -> None:
        """What the action says of the place stands at the row where it is looked for."""
        if refusal.field == "place_id":
            self.add_error("place_words", str(refusal.message))
        else:
            super().refuse(refusal)

    def mine(self) -> list[tuple[str, str]]:
        label = str(self.fields["place_words"].label)
        rows = [row for row in super().mine() if row[0] != label]
        chosen = self.chosen_place
        names = places.whole_names_of([int(chosen)]).values() if chosen else []
        return [*rows, *((label, name) for name in names)]


class RelocateForm(PlaceForm):
    """改地点: by whoever holds the case, while it is open."""

    deed = Deed.RELOCATE
    title = _("改地点")
    label = _("改地点")
    letter = "g"
    done = _("地点已改，社区和网格跟着改了")
    lead = _("社区和网格跟着新地点改，时限不变。反映人的原话不动，进度页上会看到新地点。")
    template = "desk/cases/deeds/_relocate.html"
    may_keep = False

    words = WordsField(label=_("为什么改"), required=False, rows=2)

    def do(self) -> Step | None:
        return actions.relocate(
            **self.to,
            where=self.cleaned_data["where"],
            words=self.cleaned_data["words"],
        )
