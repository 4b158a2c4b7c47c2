"""What a room says to have its rows brought in by sheet: its columns, and how one row is stored.

A room declares a `Sheet` in a module of its own and its `apps.py` registers it; the page of the
upload, the preview, the batch with its progress, the red workbook and the undo come with it.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from gezhi.ground.sheets.matching import Field
from gezhi.ground.sheets.models import SheetBatch
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer

# In a problem of a row: it is about no one cell.
WHOLE = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: its number as the sheet shows it, its texts by field name; `own` is all of
    the row as it came, where the sheet goes back as it came (`Sheet.own_back`)."""

    number: int
    cells: Mapping[str, str]
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A line with what is wrong in it, by field; `is_done` when it stands already as it is.

    `note` is a short word for whoever looks ("再加一个岗位"); `meant` is the book's own.
    """

    line: Line
    problems: Mapping[str, str] = field(default_factory=dict)
    is_done: bool = False
    note: str = ""
    meant: Any = None

    @property
    def is_good(self) -> bool:
        """Whether the line can go in, or stands already."""
        return not self.problems


def beside(
    line: Line,
    meant: Any,
    standing: Model | None,
    *,
    is_same: bool,
    note: str = "",
    note_instead: str,
) -> PreviewLine:
    """A good line beside the row that stands for it: new, done already, or in that row's place.

    The book finds in `meant` what the line means and the key of the row it replaces, or None.
    """
    if standing is None:
        return PreviewLine(line, note=note, meant=(meant, None))
    if is_same:
        return PreviewLine(line, is_done=True)
    return PreviewLine(line, note=note_instead, meant=(meant, standing.pk))


class OnceEach:
    """Lines that say the same key twice: the second is refused at a cell, and told of the first."""

    def __init__(self) -> None:
        self._first: dict[Hashable, int] = {}

    def above(self, line: Line, key: Hashable) -> int:
        """The number of the line above that said this key; 0 for the first, which is noted."""
        first = self._first.setdefault(key, line.number)
        return 0 if first == line.number else first


@dataclass(frozen=True, slots=True)
class Made:
    """Something a row brought about, to be taken back: a kind as the trail calls it, and its id.

    `how` tells rooms apart what was made from what was changed; `before` is what it was then.
    """

    kind: str
    id: int
    how: str = "made"
    before: str = ""


class Book(Protocol):
    """What lines are previewed against and stored by, its reads shared by the lines of one look."""

    def preview(self, line: Line) -> PreviewLine:
        """The line with its problems, those above it known; nothing is changed."""

    def store(self, previewed: PreviewLine) -> Sequence[Made]:
        """Store a good line, in the caller's transaction; what it brought about.

        Refuses (Refusal, at its field) what has changed since the book was opened.
        """


TakesBack = Callable[[Sequence[Made], Viewer], None]


# For the viewer and the headings of a sheet: column → field, as a sheet like it was read before.
Remembers = Callable[[Viewer, Sequence[str]], Mapping[int, str] | None]


def _none_offered(_viewer: Viewer, _field: str) -> Sequence[str]:
    return ()


def _no_instructions() -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of sheet. `name` stands in addresses and rows and is kept for good.

    `book` opens what lines are previewed against, for a viewer and the lines. `take_back` undoes what
    one row made, in the caller's transaction, or refuses with a reason; without it a batch cannot be
    undone. `offered` answers the words that may stand in a field. Whoever has `right` brings in.
    `for_reading` are headings the list carries that is taken along, which nothing is brought in by:
    nobody is told that they are not used.

    `own_back`: bad rows go back in the workbook they came in (its headings, all its columns), for a
    purpose and under a mark, since people stand in it. `remembers` says how a sheet with these
    headings is read, where somebody said it once.
    """

    name: str
    title: str | Promise
    fields: tuple[Field, ...]
    right: Right
    book: Callable[[Viewer, Sequence[Line]], Book]
    take_back: TakesBack | None = None
    offered: Callable[[Viewer, str], Sequence[str]] = _none_offered
    instructions: Callable[[], Sequence[str]] = _no_instructions
    most_rows: int = 5000
    for_reading: tuple[str | Promise, ...] = ()
    own_back: bool = False
    remembers: Remembers | None = None

    @property
    def title_behind(self) -> str:
        """The title behind Chinese words: a blank before one that begins with a digit or a letter."""
        title = str(self.title)
        return f" {title}" if title[:1].isascii() else title

    def known_by(self, cells: Mapping[str, str]) -> dict[str, str]:
        """Of the texts of a row those it is known by: its first two columns."""
        return {one.name: cells.get(one.name, "") for one in self.fields[:2]}

    def title_of(self, name: str) -> str:
        """The heading of a field; "" for what is about the whole row."""
        return next((str(one.title) for one in self.fields if one.name == name), "")


class OneByOne:
    """The book of a room that only says how to store one row: its refusals are found while storing.

    `store` gets the texts by field and who does it, and answers what it made.
    """

    def __init__(
        self, store: Callable[[Mapping[str, str], Viewer], Sequence[Made]], viewer: Viewer
    ) -> None:
        self._store, self._viewer = store, viewer

    def preview(self, line: Line) -> PreviewLine:
        """Nothing is known against it before it is stored."""
        return PreviewLine(line)

    def store(self, previewed: PreviewLine) -> Sequence[Made]:
        """As the room does it."""
        return self._store(previewed.line.cells, self._viewer)


def one_by_one(
    store: Callable[[Mapping[str, str], Viewer], Sequence[Made]],
) -> Callable[[Viewer, Sequence[Line]], Book]:
    """The `book` of a sheet whose room has nothing but an action that stores one row."""
    return lambda viewer, _lines: OneByOne(store, viewer)


def preview_lines(sheet: Sheet, book: Book, lines: Sequence[Line]) -> list[PreviewLine]:
    """Every line looked at: first what holds for any sheet (filled, not over-long), then by the
    book, which knows what its rows mean."""
    found = []
    for line in lines:
        previewed = book.preview(line)
        plain = _plain_problems(sheet, line)
        if plain:
            merged = {**previewed.problems, **plain}
            previewed = PreviewLine(line, merged, note=previewed.note, meant=previewed.meant)
        found.append(previewed)
    return found


def _plain_problems(sheet: Sheet, line: Line) -> dict[str, str]:
    problems = {}
    for one in sheet.fields:
        text = line.cells.get(one.name, "")
        if one.needed and not text:
            problems[one.name] = _("要填")
        elif len(text) > one.most:
            problems[one.name] = _("太长：最多 %(most)d 个字，现在 %(now)d 个") % {
                "most": one.most,
                "now": len(text),
            }
    return problems


_sheets: dict[str, Sheet] = {}
_viewer_of: list[Callable[[int], Viewer]] = []


def register(sheet: Sheet) -> None:
    """Let rows of this kind come in; the same name again takes the place of the first."""
    _sheets[sheet.name] = sheet


def names() -> list[str]:
    """The names of the declared sheets, sorted."""
    return sorted(_sheets)


def forget(name: str) -> None:
    """Let no more rows of this kind in; for tests that declare a room of their own."""
    _sheets.pop(name, None)


def find(name: str) -> Sheet:
    """The sheet of this name; Unseen for none."""
    if name not in _sheets:
        raise Unseen(_("没有这种表"))
    return _sheets[name]


def people_are(viewer_of: Callable[[int], Viewer]) -> None:
    """Say how the id of an account becomes its viewer of now; registered by who knows the posts."""
    _viewer_of[:] = [viewer_of]


def viewer_of(user_id: int) -> Viewer:
    """Who a batch is stored as: the person who began it, with the rights of this moment."""
    return _viewer_of[0](user_id)


def storer_of(batch: SheetBatch) -> Viewer:
    """Who a batch is stored as: who began it, or the system where a folder or a command did."""
    if not batch.user_id:
        return Viewer.system("sheets", batch.district_id)
    return viewer_of(batch.user_id)
