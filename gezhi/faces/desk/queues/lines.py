"""A case as one line of a list: its address, its light and the tags that set it apart."""

from collections.abc import Iterable
from dataclasses import dataclass

from gezhi.faces.shell.addresses import address
from gezhi.faces.shell.deadlines import color_of, due_words
from gezhi.faces.shell.parts import Tag
from gezhi.faces.shell.tags import tags
from gezhi.work.cases.queries import CaseRow


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the row, where it leads, what stands on it."""

    row: CaseRow
    url: str
    title: str
    badges: tuple[Tag, ...]
    color: str
    due_words: str
    current: bool = False
    # Where the words for a group chat are, while something is to be done.
    group_url: str = ""


def lines(rows: Iterable[CaseRow], *, query: str = "", current: str = "") -> list[Line]:
    """Lines for a list; `query` goes with every address so that the list stays left of its case."""
    return [line(row, query=query, current=current) for row in rows]


def line(row: CaseRow, *, query: str = "", current: str = "") -> Line:
    """One line for one row."""
    url = address("desk:case", row.number)
    return Line(
        row=row,
        url=with_query(url, query),
        title=row.title,
        badges=tuple(tags(row)),
        color=color_of(row),
        due_words=due_words(row),
        current=row.number == current,
        group_url="" if row.ended_at else address("desk:group_text", row.number),
    )


def with_query(url: str, query: str) -> str:
    """The address with what travels in it, as the list a case was opened from."""
    return f"{url}?{query}" if query else url
