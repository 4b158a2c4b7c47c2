"""What a search by words looks through: one row a case, kept in the same transaction as the words.

The row is worked out from the words at a glance and holds nothing else, so it has no seal. Of an
open case it is compared as it is, since there are never many; the row of an ended one stands in an
index besides: FTS5 on SQLite, GIN on PostgreSQL (migration 0014; on SQLite the triggers of
`triggers` bring it up to date with the row). There it carries marks as well, of the areas and the
units that may see the case, so that what a viewer may not see is left out while the index is read.
"""

from collections.abc import Iterable
from typing import Any

from gezhi.kernel import rows
from gezhi.kernel.bigrams import stored
from gezhi.work.cases.models import Assignment, Case, CaseSearch, CaseWords

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def area_mark(area_id: int) -> str:
    """The mark of a case that lies in this area."""
    return f"区{_short(area_id)}"


def unit_mark(unit_id: int) -> str:
    """The mark of a case that was sent to this unit and not returned by it."""
    return f"位{_short(unit_id)}"


def _short(number: int) -> str:
    """A positive id in 36 signs. With what stands before it a mark is longer than any pair or sign
    that somebody's words are cut into."""
    shortened = ""
    while number:
        number, place = divmod(number, 36)
        shortened = _DIGITS[place] + shortened
    return shortened.rjust(2, "0")


def line_of(words: CaseWords, marks: Iterable[str] = ()) -> str:
    """What is looked through of a case with these words; "" once they were erased."""
    line = stored(f"{words.title} {words.place_words}")
    every = " ".join(marks)
    return f"{line}{every} " if line and every else line


def insert(case: Case, words: CaseWords) -> None:
    """The row of a new case."""
    rows.insert(CaseSearch(case=case, line=line_of(words), ended=not case.is_open))


def renew(case: Case) -> None:
    """The row as words, areas and assignments are now: after each deed that changes what it says."""
    words = CaseWords.objects.filter(case=case).first()
    ended = not case.is_open
    line = line_of(words, marks_of(case) if ended else ()) if words else ""
    CaseSearch.objects.update_or_create(case=case, defaults={"line": line, "ended": ended})


def marks_of(case: Case) -> list[str]:
    """The marks of the areas the case lies in and of the units that keep sight of it."""
    areas = [area for area in (case.street_id, case.community_id, case.grid_id) if area]
    sent = Assignment.objects.filter(case=case, returned_at=None).order_by("unit_id")
    units = sent.values_list("unit_id", flat=True).distinct()
    return [*map(area_mark, areas), *map(unit_mark, units)]


def make_index(apps: Any, schema_editor: Any) -> None:
    """FTS5 without a text of its own on SQLite, GIN on PostgreSQL."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            "CREATE VIRTUAL TABLE cases_searchindex USING fts5(line, content='', tokenize='ascii')"
        )
    else:
        schema_editor.execute(
            "CREATE INDEX case_search_by_line ON cases_casesearch"
            " USING gin (string_to_array(line, ' ')) WHERE ended"
        )


def drop_index(apps: Any, schema_editor: Any) -> None:
    """On PostgreSQL it goes with its table."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE cases_searchindex")
