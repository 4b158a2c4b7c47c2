"""What deeds that name a unit share: the units to choose from, and a row of the duty list."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gezhi.faces.desk.cases.deeds.form import DeedForm
from gezhi.faces.shell import terms
from gezhi.faces.shell.unit_choices import grouped
from gezhi.records.duties.models import Duty
from gezhi.records.units import queries as units
from gezhi.records.units.models import Unit


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
