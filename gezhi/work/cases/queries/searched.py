"""Cases by words of their title and place: every word must be there, in any order.

Nobody finds by a word what they may not read: the rows handed in are those of `worded_to`.
"""

from typing import Any

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet

from gezhi.kernel import scope
from gezhi.kernel.bigrams import held_as, phrase, searched
from gezhi.kernel.ids import LARGEST
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.models import Case, CaseSearch
from gezhi.work.cases.queries.visible import marks_seen_by

# Of the newest that the index names the viewer sees most: few are looked at first, more if need be.
_FIRST, _GROWS, _MOST = 200, 5, 5_000
# More words, or longer ones, tell no case from the others any better.
_WORDS = 60

_BY_FTS5 = (
    "SELECT rowid FROM cases_searchindex WHERE cases_searchindex MATCH %s AND rowid < %s"
    " ORDER BY rowid DESC LIMIT %s"
)
_BY_GIN = (
    "SELECT case_id FROM cases_casesearch WHERE ended AND string_to_array(line, ' ') @> %s::text[]"
    " AND line LIKE ALL(%s) AND case_id < %s ORDER BY case_id DESC LIMIT %s"
)
_BY_GIN_SEEN = _BY_GIN.replace(
    " AND case_id <", " AND string_to_array(line, ' ') && %s::text[] AND case_id <"
)

# A single sign may stand in every tenth case: to sort all of those takes longer than to read the
# newest, and where these hold too few, the index names few enough.
_NEWEST = 20_000
_BY_NEWEST = (
    "SELECT case_id FROM (SELECT case_id, line FROM cases_casesearch WHERE ended AND case_id < %s"
    " ORDER BY case_id DESC LIMIT %s) AS newest WHERE line LIKE ALL(%s)"
)
_SEEN = " AND string_to_array(line, ' ') && %s::text[]"
_IN_ORDER = " ORDER BY case_id DESC LIMIT %s"


def holding(words: str) -> Q:
    """Of open cases, of which there are never many, those that hold the words: row by row."""
    runs = held_as(words[:_WORDS])
    condition = Q() if runs else Q(pk__in=[])
    for run in runs:
        lines = CaseSearch.objects.filter(case=OuterRef("pk"), line__contains=run)
        condition &= scope.asked_of_each(lines)
    return condition


def ended_holding(
    viewer: Viewer, rows: QuerySet[Case], words: str, *, limit: int, before: int = LARGEST
) -> list[Case]:
    """The newest of these ended rows, all of which the viewer sees, that hold the words.

    At most `limit`, with an id under `before`; never fewer while there are more. The index names
    the newest that hold the words within the viewer's areas and units, the rows say which count.
    """
    found: list[Case] = []
    size = _FIRST
    while len(found) < limit:
        ids = _named(viewer, words[:_WORDS], before, size)
        if ids:
            here = rows.filter(pk__in=ids).order_by("-id")
            found += here[: limit - len(found)]
        if len(ids) < size:
            break
        before, size = ids[-1], min(size * _GROWS, _MOST)
    return found


def _named(viewer: Viewer, words: str, before: int, size: int) -> list[int]:
    """Ids the index names, newest first: perhaps some the viewer does not see, none too few."""
    marks = marks_seen_by(viewer)
    asked = phrase(words)
    if not asked or marks == []:
        return []
    if connection.vendor == "sqlite":
        if marks is not None:
            asked = f"{asked} AND ({' OR '.join(marks)})"
        return _ids(_BY_FTS5, [asked, before, size])
    runs = [f"%{run}%" for run in held_as(words)]
    seen = [] if marks is None else [marks]
    if all(len(run) == 1 for run in searched(words)):
        newest = _BY_NEWEST + (_SEEN if seen else "") + _IN_ORDER
        found = _ids(newest, [before, _NEWEST, runs, *seen, size])
        if len(found) == size:
            return found
    return _ids(_BY_GIN_SEEN if seen else _BY_GIN, [searched(words), runs, *seen, before, size])


def _ids(statement: str, given: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return [int(row[0]) for row in cursor.fetchall()]
