"""A room that says only its columns, how one row is stored and how it is taken back: 班次."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from gezhi.ground.audit import actions as audit
from gezhi.ground.jobs.models import Slot
from gezhi.ground.sheets import commas, declared
from gezhi.ground.sheets.declared import Made, Sheet, one_by_one
from gezhi.ground.sheets.matching import Field, looks_like_phone
from gezhi.kernel import clock, masking
from gezhi.kernel.errors import Invalid
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer

FORBIDDEN = "休息"


def store(cells: Mapping[str, str], by: Viewer) -> Sequence[Made]:
    """One shift, named by its words; refuses a rest."""
    if cells["name"] == FORBIDDEN:
        raise Invalid("休息不是班次", field="name")
    slot = Slot.objects.create(schedule=cells["name"], due_at=clock.now())
    audit.record(by=by, verb="shifts.add", subject_kind="shift", subject_id=slot.pk)
    return [Made("shift", slot.pk)]


def take_back(made: Sequence[Made], by: Viewer) -> None:
    """The shift goes."""
    for one in made:
        audit.record(by=by, verb="shifts.take_back", subject_kind="shift", subject_id=one.id)
        Slot.objects.filter(pk=one.id).delete()


SHIFTS = Sheet(
    name="shifts",
    title="班次",
    fields=(
        Field("name", "班次", needed=True, most=20),
        Field("phone", "电话", looks=looks_like_phone, masked=masking.masked_phone),
    ),
    right=Right.SET_UP,
    book=one_by_one(store),
    take_back=take_back,
    most_rows=600,
)


@contextmanager
def declared_shifts(sheet: Sheet = SHIFTS) -> Iterator[Sheet]:
    """The sheet known while the block lasts."""
    declared.register(sheet)
    try:
        yield sheet
    finally:
        declared.forget(sheet.name)


def a_sheet(*names: str, heading: str = "班次") -> bytes:
    """A CSV of shifts with these names."""
    rows = [(name, "13800138000") for name in names]
    return commas.content([(heading, "电话"), *rows])


def stored() -> set[str]:
    """The shifts there are."""
    return set(Slot.objects.filter(schedule__startswith="班").values_list("schedule", flat=True))
