"""What deeds that name a unit share: the units to choose from, those that assist, and a row of the
duty list."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.cases.deeds.form import DeedForm
from gezhi.faces.shell import terms
from gezhi.faces.shell.unit_choices import grouped
from gezhi.records.duties.models import Duty
from gezhi.records.units import queries as units
from gezhi.records.units.models import Unit
from gezhi.work.cases.inviting import with_nobody_in_post


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One row of the duty list as it is quoted."""

    id: int
    name: str
    lead_unit_id: int
    lead_unit: str
    area: str
    sort: str
    basis: str


def duty_row_of(duty: Duty) -> DutyRow:
    """The row as it is quoted, its list by name."""
    return DutyRow(
        id=duty.pk,
        name=duty.name,
        lead_unit_id=duty.lead_unit_id,
        lead_unit=duty.lead_unit.name,
        area=duty.area.short_name or duty.area.name,
        sort=terms.label("duty_lists", duty.list_kind),
        basis=duty.legal_basis,
    )


class UnitsForm(DeedForm):
    """A deed that names a unit of the district."""

    @cached_property
    def open_units(self) -> Sequence[Unit]:
        """The units that can hold work now, by pinyin."""
        return list(units.open_units(self.viewer, self.page.case.district_id))

    @cached_property
    def reached_by_link(self) -> dict[int, str]:
        """What stands behind the units that have nobody with an account: they are given a link,
        and a confidential case, which no link opens, goes to none of them."""
        kept = self.page.case.is_restricted
        said = gettext("没有账号，保密的事不能用链接") if kept else gettext("没有账号，发链接")
        return dict.fromkeys(with_nobody_in_post(unit.pk for unit in self.open_units), said)

    def unit_choices(
        self,
        first: str,
        *,
        marks: Mapping[int, str] | None = None,
        without: Collection[int] = (),
    ) -> list[Any]:
        """The units grouped by kind, after an empty first choice; `marks` stand behind names.

        Those `without` which the deed makes no sense are left out.
        """
        return grouped(self.open_units, first, marks=marks, without=without)


@dataclass(frozen=True, slots=True)
class Helper:
    """One unit that may assist: the box that chooses it, and the one by which the lead waits."""

    assist: BoundWidget
    awaited: BoundWidget


class HelpersForm(UnitsForm):
    """A deed that sends the case: units that assist, and those among them the lead waits for."""

    assist_unit_ids = forms.MultipleChoiceField(
        label=_("协办单位"), required=False, widget=forms.CheckboxSelectMultiple
    )
    awaited_unit_ids = forms.MultipleChoiceField(
        label=_("要等的协办单位"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def offer_helpers(self) -> None:
        """The open units to both rows, those that were suggested first."""
        marks = self.reached_by_link
        helpers = [
            (str(one.pk), f"{one.name}（{marks[one.pk]}）" if one.pk in marks else one.name)
            for one in self.open_units
        ]
        chosen = set(self.initial.get("assist_unit_ids") or ())
        helpers.sort(key=lambda pair: pair[0] not in chosen)
        self.offer("assist_unit_ids", helpers)
        self.offer("awaited_unit_ids", helpers)

    @property
    def helpers(self) -> list[Helper]:
        """Who may assist, each with whether it does and whether the lead waits for it."""
        rows = zip(self["assist_unit_ids"], self["awaited_unit_ids"], strict=True)
        return [Helper(assist, awaited) for assist, awaited in rows]

    def clean(self) -> dict[str, Any]:
        """Whoever is waited for assists, whether that was chosen too or not."""
        cleaned = super().clean() or self.cleaned_data
        waited = cleaned.get("awaited_unit_ids") or []
        chosen = cleaned.get("assist_unit_ids") or []
        cleaned["assist_unit_ids"] = [*chosen, *(unit for unit in waited if unit not in chosen)]
        return cleaned

    @property
    def sent_along(self) -> dict[str, list[int]]:
        """What the action is told of them."""
        return {
            name: [int(unit) for unit in self.cleaned_data[name]]
            for name in ("assist_unit_ids", "awaited_unit_ids")
        }
