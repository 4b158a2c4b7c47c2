"""Rows that every word somebody typed fits: one way of looking behind every list of records."""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

# Nobody types more to find a row; each is a condition of the statement.
MOST_WORDS = 5
Row = TypeVar("Row", bound=Model)


def every_word(rows: QuerySet[Row], typed: str, fits: Callable[[str], Q]) -> QuerySet[Row]:
    """Those of the rows that each of the first five words fits; all of them for no words."""
    for word in typed.split()[:MOST_WORDS]:
        rows = rows.filter(fits(word))
    return rows


def holds(word: str, *columns: str) -> Q:
    """Whether one of the columns holds the word, in capitals or not."""
    said = Q()
    for column in columns:
        said |= Q(**{f"{column}__icontains": word})
    return said
