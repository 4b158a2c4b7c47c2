"""Which column of a sheet is which of ours: by its heading, else by what stands in it; pure.

What is guessed is said and can be put right by hand, and a column that is read by nobody has a name
too, so that nothing is left out without a word.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from gezhi.kernel import idcard, masking, phones
from gezhi.kernel.errors import Invalid

# A title and a remark may stand above the headings.
HEADING_ROWS = 5
# So many filled cells tell what a column is; so many of them must look alike.
_LOOKED_AT = 50
_SHARE = 0.8
_SAMPLE = 20
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: .*)?")


def looks_like_phone(text: str) -> bool:
    """Whether the text is a telephone number in any spelling."""
    return phones.is_valid(phones.normalized(text))


def looks_like_id_number(text: str) -> bool:
    """Whether the text is a citizen identity number."""
    return idcard.is_valid(text)


def looks_like_day(text: str) -> bool:
    """Whether the text is a day, written 2027-01-05, 2027/1/5 or 2027年1月5日."""
    return day_in(text) is not None


def day_in(text: str) -> date | None:
    """The day a cell says, however it is written; None for what is none."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Field:
    """One column we want: its name, its heading, what else people call it.

    `most` is how many signs a cell may have; `looks` tells by a cell whether the column might be
    this one, where its heading does not; `choices` are offered in the empty form, and a column
    full of them is known by them; `masked` is how its cells stand on the page that is looked at, where
    they are a person's; `read` how they do where what stands in the sheet is not what people read.

    `for_all`: one of the offered words may be chosen once for all rows that say none; with
    `goes_with` only rows that have one of those fields filled want it. `without` says what becomes
    of rows when the sheet has no such column.
    """

    name: str
    title: str | Promise
    aliases: tuple[str, ...] = ()
    needed: bool = False
    width: int = 16
    choices: tuple[str, ...] = ()
    most: int = 300
    looks: Callable[[str], bool] | None = None
    masked: Callable[[str], str] | None = None
    read: Callable[[str], str] | None = None
    for_all: bool = False
    goes_with: tuple[str, ...] = ()
    without: str | Promise = ""

    @property
    def heading(self) -> str:
        """As it stands in the form: a star where it must be filled."""
        return f"{self.title}{'*' if self.needed else ''}"

    def is_unsaid(self, cells: Mapping[str, str]) -> bool:
        """Whether a row wants this field and says nothing in it."""
        wanted = not self.goes_with or any(cells.get(name) for name in self.goes_with)
        return wanted and not cells.get(self.name)

    def shown(self, text: str) -> str:
        """The cell as it may be looked at."""
        as_looked_at = self.masked or self.read
        return as_looked_at(text) if as_looked_at and text else text


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet: its place from 0, its heading, a cell of it to know it by, which of
    ours it is read as ("" for none), and whether that was guessed from its cells."""

    place: int
    title: str
    sample: str
    field: str
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Matched:
    """How a sheet is read: the row of its headings (from 0) and its columns that have anything."""

    heading: int
    columns: tuple[Column, ...]

    @property
    def places(self) -> dict[str, int]:
        """Field → place of its column."""
        return {one.field: one.place for one in self.columns if one.field}

    @property
    def unused(self) -> tuple[Column, ...]:
        """Columns that are read as none of ours."""
        return tuple(one for one in self.columns if not one.field)

    @property
    def guessed(self) -> tuple[Column, ...]:
        """Columns known by their cells alone."""
        return tuple(one for one in self.columns if one.guessed)

    def doubled(self, fields: Sequence[Field]) -> tuple[Column, ...]:
        """Unused columns that are called as a field another column was taken for, that field in them."""
        taken = {word: one.name for one in fields for word in heading_names(one)}
        found = ((column, taken.get(bare(column.title), "")) for column in self.unused)
        return tuple(replace(one, field=name) for one, name in found if name in self.places)

    def title_of(self, name: str) -> str:
        """The heading of the column a field was taken for; "" for none."""
        return next((one.title for one in self.columns if one.field == name), "")

    def missing(self, fields: Sequence[Field]) -> tuple[Field, ...]:
        """Needed fields that no column is read as."""
        return tuple(field for field in fields if field.needed and field.name not in self.places)


def matched(
    rows: Sequence[Sequence[str]],
    fields: Sequence[Field],
    *,
    offered: Callable[[str], Collection[str]] | None = None,
    chosen: Mapping[int, str] | None = None,
) -> Matched:
    """How these rows are read. Headings stand in the first five rows; blanks, stars and brackets in
    them do not count. `offered` tells the words that may stand in a field, and is asked only when a
    column is guessed by them; `chosen` says by hand what every column is, and nothing is guessed.

    Refuses (Invalid) two columns chosen for one field.
    """
    named, heading = _headings(rows, fields)
    cells = {
        place: _filled(rows[heading + 1 :], place)
        for place in range(max(map(len, rows), default=0))
    }
    guessed: dict[str, int] = {}
    if chosen is None:
        open_places = {place for place in cells if cells[place]} - set(named.values())
        if open_places and len(named) < len(fields):
            guessed = _guessed(cells, fields, named, offered or _nothing)
        by_place = {place: name for name, place in (*named.items(), *guessed.items())}
    else:
        by_place = _valid(chosen, fields)
    titles = rows[heading] if rows else ()
    known = {field.name: field for field in fields}
    columns = [
        Column(
            place,
            titles[place].strip() or _("第 %(number)d 列（没有标题）") % {"number": place + 1},
            _sample(cells[place][0] if cells[place] else "", known.get(by_place.get(place, ""))),
            by_place.get(place, ""),
            place in guessed.values(),
        )
        for place in cells
        if titles[place].strip() or cells[place]
    ]
    return Matched(heading, tuple(columns))


def _headings(rows: Sequence[Sequence[str]], fields: Sequence[Field]) -> tuple[dict[str, int], int]:
    """The fields known by a heading, with their places, and in which row those stand."""
    best: dict[str, int] = {}
    heading = 0
    for number, row in enumerate(rows[:HEADING_ROWS]):
        places = _places(row, fields)
        if len(places) > len(best):
            best, heading = places, number
    if not best:
        # Headings nobody knows: the first row that is more than a title.
        wide = (number for number, row in enumerate(rows[:HEADING_ROWS]) if sum(map(bool, row)) > 1)
        heading = next(wide, 0)
    return best, heading


def _places(row: Sequence[str], fields: Sequence[Field]) -> dict[str, int]:
    named: dict[str, int] = {}
    for place, word in enumerate(row):
        named.setdefault(bare(word), place)
    found: dict[str, int] = {}
    for field in fields:
        for word in heading_names(field):
            known = named.get(word)
            if known is not None and known not in found.values():
                found[field.name] = known
                break
    return found


def heading_names(field: Field) -> list[str]:
    """What a column of this field may be called, without what does not count."""
    return [bare(str(word)) for word in (field.title, *field.aliases)]


def bare(word: str) -> str:
    """A heading without blanks, stars and brackets: "工 号 *" is 工号."""
    plain = unicodedata.normalize("NFKC", word).casefold()
    plain = plain.split("(")[0]
    return "".join(sign for sign in plain if not sign.isspace() and sign not in "*:")


def _filled(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    found = (row[place] for row in rows if place < len(row) and row[place])
    return [text for text, _number in zip(found, range(_LOOKED_AT), strict=False)]


def _nothing(_field: str) -> Collection[str]:
    return ()


def _guessed(
    cells: Mapping[int, Sequence[str]],
    fields: Sequence[Field],
    named: Mapping[str, int],
    offered: Callable[[str], Collection[str]],
) -> dict[str, int]:
    """Fields without a heading whose column is known by its cells, the likeliest column of each."""
    found: dict[str, int] = {}
    for field in fields:
        if field.name in named:
            continue
        words = frozenset(offered(field.name)) | frozenset(field.choices)
        taken = {*named.values(), *found.values()}
        shares = {
            place: _share(texts, field, words)
            for place, texts in cells.items()
            if place not in taken and texts
        }
        likeliest = max(shares, key=lambda place: shares[place], default=None)
        if likeliest is not None and shares[likeliest] >= _SHARE:
            found[field.name] = likeliest
    return found


def _share(texts: Sequence[str], field: Field, words: Collection[str]) -> float:
    alike = sum(
        text in words or bool(field.looks and field.looks(text)) for text in texts
    )  # fmt: skip
    return alike / len(texts)


def _valid(chosen: Mapping[int, str], fields: Sequence[Field]) -> dict[int, str]:
    titles = {field.name: str(field.title) for field in fields}
    found = {place: name for place, name in chosen.items() if name in titles}
    for name in set(found.values()):
        if sum(other == name for other in found.values()) > 1:
            raise Invalid(
                _("有两列都选了“%(name)s”，只能留一列") % {"name": titles[name]}, field="match"
            )
    return found


def _sample(text: str, field: Field | None) -> str:
    """A cell of a column as an example of it, masked as its field is."""
    if field is not None and (field.read or (field.masked and not looks_like_phone(text))):
        return field.shown(text)
    return known_by(text)


def known_by(text: str) -> str:
    """A cell to know its row or column by; a number that belongs to a person is masked."""
    if looks_like_phone(text):
        return masking.masked_phone(text)
    if looks_like_id_number(text):
        return masking.masked_number(text)
    return text if len(text) <= _SAMPLE else f"{text[:_SAMPLE]}…"
