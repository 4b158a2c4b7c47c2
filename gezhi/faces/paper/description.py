"""What a paper is, said once: page, PDF and Word are drawn from it.

Plain values, no markup: whatever a reporter wrote stays words on every way out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

# The names of fields are keys of `typst/paper.typ` too.


@dataclass(frozen=True, slots=True)
class Cell:
    """A label and what stands beside it. `room` lines are left to write in by hand."""

    label: str
    text: str = ""
    room: int = 0
    sign: str = ""
    """Set at the foot of the cell, to the right: "负责人签字（盖章）：　年　月　日"."""


@dataclass(frozen=True, slots=True)
class Form:
    """A table of labels: one or two cells a row."""

    rows: Sequence[Sequence[Cell]]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head, repeated on every page it goes over. `widths` are shares."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    heading: str = ""
    note: str = ""
    numbers: bool = False
    """Whether all columns but the first are numbers, set in the middle."""


@dataclass(frozen=True, slots=True)
class Words:
    """Paragraphs, each begun by two blanks; `to` is whom a letter addresses."""

    paragraphs: Sequence[str]
    heading: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Signs:
    """A line of names to sign at, each with its day where `dated`."""

    names: Sequence[str]
    dated: bool = True


@dataclass(frozen=True, slots=True)
class Closing:
    """Who issues it and on which day, at the right below a letter 落款."""

    who: str
    day: str


Part = Form | Table | Words | Signs | Closing


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper 单、书."""

    name: str
    """What the file and the trail call it: "督办单"."""
    title: str
    parts: Sequence[Part]
    number: str = ""
    """Beside the title: "案件号 510104 20261121 0000123"."""
    qr: str = ""
    """What the code in the head leads to."""
    qr_words: str = ""
    red_head: str = ""
    """The office whose red name stands above a 公文; "" for none."""
    red_number: str = ""
    """发文字号 below the red name: "锦驿街发〔2026〕12号"."""
    letter: bool = False
    """Set as a 公文: text in size 3, twenty-two lines a page."""
    stamp: str = ""
    """Stands at the head of every page: that the case is confidential, that it was a drill."""
    lines: str = ""
    """The title in the lines it is set in, where one line is too short."""

    @property
    def heading(self) -> str:
        """The title as it is set."""
        return self.lines or self.title
