"""What a sheet would bring, how far a batch is, what became of its rows; nothing is changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gezhi.ground.sheets import declared, keeping, tables
from gezhi.ground.sheets.declared import Line, PreviewLine, Sheet, preview_lines
from gezhi.ground.sheets.marks import Mark, is_mark
from gezhi.ground.sheets.matching import Field, Matched, matched
from gezhi.ground.sheets.models import BatchState, RowState, SheetBatch
from gezhi.ground.sheets.tables import OwnRow
from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Viewer

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A field some rows say nothing in, for which one word may be chosen for all of them."""

    field: Field
    rows: int
    """How many rows say none."""
    has_column: bool
    words: tuple[str, ...]
    """What may be chosen."""
    chosen: str
    """What was; "" for nothing yet."""


@dataclass(frozen=True, slots=True)
class Look:
    """A sheet looked at: how it is read, what it still needs, its lines with their problems, and
    what its rows say by themselves."""

    matched: Matched
    missing: tuple[Field, ...]
    lines: Sequence[PreviewLine]
    said: Sequence[Line]

    @property
    def to_store(self) -> list[PreviewLine]:
        """The lines that bring something."""
        return [line for line in self.lines if line.is_good and not line.is_done]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many rows of a batch are in each state."""

    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """Rows that were to be stored."""
        return sum(self.counts.values()) - self.of(RowState.UNCHANGED)

    @property
    def waiting(self) -> int:
        return self.of(RowState.WAITING)

    @property
    def stored(self) -> int:
        return self.of(RowState.STORED)

    @property
    def unchanged(self) -> int:
        return self.of(RowState.UNCHANGED)

    @property
    def refused(self) -> int:
        return self.of(RowState.REFUSED)

    @property
    def taken_back(self) -> int:
        return self.of(RowState.TAKEN_BACK)

    @property
    def kept(self) -> int:
        return self.of(RowState.KEPT)

    def of(self, state: str) -> int:
        """Rows in this state."""
        return self.counts.get(str(state), 0)


@dataclass(frozen=True, slots=True)
class RowSeen:
    """A row that was refused or could not be taken back: its number and the reasons."""

    number: int
    cells: Mapping[str, str]
    problems: Mapping[str, str]


def batch(viewer: Viewer, batch_id: int) -> SheetBatch:
    """A batch of a sheet whose right the viewer has, of the own district; Unseen otherwise."""
    row = SheetBatch.objects.filter(pk=batch_id).first()
    if (
        row is None
        or row.district_id != viewer.district_id
        or not (viewer.is_system or viewer.may(declared.find(row.sheet).right))
    ):
        raise Unseen(_("没有找到这一批"))
    return row


def may_undo(batch: SheetBatch) -> bool:
    """Whether something of a batch can be taken back."""
    if batch.state != BatchState.DONE or declared.find(batch.sheet).take_back is None:
        return False
    return batch.rows.filter(state=RowState.STORED).exists()


def begun(viewer: Viewer, sheet: Sheet, most: int = _SHOWN) -> QuerySet[SheetBatch]:
    """The newest batches of a sheet that were begun, by anybody of the district."""
    rows = SheetBatch.objects.filter(district_id=viewer.district_id, sheet=sheet.name)
    return rows.exclude(state=BatchState.LOOKED_AT).order_by("-created_at")[:most]


def look(batch: SheetBatch, viewer: Viewer) -> Look:
    """What a sheet would bring, were it begun now. Without a needed column no line is previewed."""
    sheet = declared.find(batch.sheet)
    rows = keeping.read_of(batch)
    chosen = None
    if batch.match is not None:
        chosen = {int(place): name for place, name in batch.match.items()}
    read = matched(rows, sheet.fields, offered=partial(sheet.offered, viewer), chosen=chosen)
    missing = tuple(one for one in read.missing(sheet.fields) if one.name not in batch.for_all)
    previewed: Sequence[PreviewLine] = ()
    said = lines_of(rows, read, own_back=sheet.own_back)
    if not missing:
        lines = [_completed(sheet, line, batch.for_all) for line in said]
        previewed = preview_lines(sheet, sheet.book(viewer, lines), lines)
    return Look(read, missing, previewed, said)


def _completed(sheet: Sheet, line: Line, for_all: Mapping[str, str]) -> Line:
    """The line with what was chosen for all that say none, where it says none."""
    chosen = {
        one.name: for_all[one.name]
        for one in sheet.fields
        if one.name in for_all and one.is_unsaid(line.cells)
    }
    # A chosen field is a column from now on: rows that do not want it have it empty.
    empty = dict.fromkeys(for_all, "")
    return replace(line, cells={**empty, **line.cells, **chosen}) if for_all else line


def unsaid(batch: SheetBatch, seen: Look, viewer: Viewer) -> list[Unsaid]:
    """Fields that rows say nothing in and one word may be chosen for, with what was chosen."""
    found = []
    sheet = declared.find(batch.sheet)
    for one in sheet.fields:
        has_column = one.name in seen.matched.places
        # An empty cell of a column nobody needs means what it always does.
        if not one.for_all or (has_column and not (one.needed or one.goes_with)):
            continue
        rows = sum(one.is_unsaid(line.cells) for line in seen.said)
        if rows:
            chosen = batch.for_all.get(one.name, "")
            words = tuple(sheet.offered(viewer, one.name))
            found.append(Unsaid(one, rows, has_column, words, chosen))
    return found


def lines_of(rows: Sequence[Sequence[str]], read: Matched, *, own_back: bool = False) -> list[Line]:
    """The rows below the headings, empty ones and the mark of who took the list along left out,
    numbered as the sheet does."""
    places = read.places
    found = []
    for number, row in enumerate(rows[read.heading + 1 :], start=read.heading + 2):
        cells = {name: row[place] for name, place in places.items()}
        if any(cells.values()) and not is_mark(row):
            found.append(Line(number, cells, tuple(row) if own_back else ()))
    return found


def progress(batch: SheetBatch) -> Progress:
    """How far a batch is; of one whose rows were let go of, how it ended."""
    return Progress(keeping.counted(batch.pk) or batch.counts)


def refused(batch: SheetBatch, most: int | None = None) -> list[RowSeen]:
    """The rows that did not go in, with their reasons."""
    return _seen(batch, RowState.REFUSED, most)


def kept(batch: SheetBatch, most: int | None = None) -> list[RowSeen]:
    """The rows that could not be taken back, with their reasons."""
    return _seen(batch, RowState.KEPT, most)


def bad_rows(batch: SheetBatch, viewer: Viewer, mark: Mark | None = None) -> bytes:
    """The rows that do not go in as a workbook like the one that came: cells red, reasons last.

    Where rows go back in their own workbook it bears the mark, without which it is refused
    (ValueError).
    """
    sheet = declared.find(batch.sheet)
    if sheet.own_back:
        if mark is None:
            raise ValueError("a sheet that tells of people bears a mark")
        return tables.returned_own(
            str(sheet.title), sheet.fields, keeping.head_of(batch), _own_bad(batch, viewer), mark
        )
    if batch.read:
        previewed = look(batch, viewer).lines
        rows = [(line.line.cells, line.problems) for line in previewed if not line.is_good]
    else:
        rows = [(row.cells, row.problems) for row in refused(batch)]
    return tables.returned(str(sheet.title), sheet.fields, rows)


def _own_bad(batch: SheetBatch, viewer: Viewer) -> list[OwnRow]:
    if batch.read:
        seen = look(batch, viewer)
        return [
            _own_row(line.line.own, line.problems, seen.matched.places)
            for line in seen.lines
            if not line.is_good
        ]
    places = {name: int(place) for place, name in (batch.match or {}).items() if name}
    rows = batch.rows.filter(state=RowState.REFUSED).order_by("number")
    return [_own_row(keeping.own_of(row), keeping.content_of(row)[1], places) for row in rows]


def _own_row(own: Sequence[str], problems: Mapping[str, str], places: Mapping[str, int]) -> OwnRow:
    red = {places[name] for name in problems if name in places}
    return OwnRow(own, red, problems)


def made(batch: SheetBatch, kind: str) -> list[int]:
    """The ids of what a batch made of one kind and still stands, in the order of the rows."""
    rows = batch.rows.filter(state=RowState.STORED).order_by("number")
    return [
        one[1]
        for row in rows.values_list("made", flat=True)
        for one in row
        if one[0] == kind and one[2] == "made"
    ]


def _seen(batch: SheetBatch, state: str, most: int | None) -> list[RowSeen]:
    rows = batch.rows.filter(state=state).order_by("number")
    return [RowSeen(row.number, *keeping.content_of(row)) for row in rows[:most]]
