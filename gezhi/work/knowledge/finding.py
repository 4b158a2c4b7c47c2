"""Entries found by words: postings of their pairs, in rows of both databases alike.

A question names some dozens of pairs. In how many entries each stands is kept (`Sign`), so the
rarest are read first and no more postings than a screen needs, however many entries there are; the
few entries they name are read and weighed whole.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from gezhi.work.knowledge import weighing
from gezhi.work.knowledge.models import Article, Posting

# So many postings are read for a question.
MOST_READ = 2000
# So many of the entries they name are weighed by all they ask.
WEIGHED = 12
# More are read where those that were hold too few that may be shown.
_GROWS, _MOST = 4, 2000
# The row of `Sign` that counts the entries.
ALL = ""
_BY_TEXT = "SELECT text, articles FROM knowledge_sign WHERE text"
_BY_FIRST = "SELECT text, articles FROM knowledge_sign WHERE first"
_BY_SIGN = "SELECT sign, article_id FROM knowledge_posting WHERE sign"
_COUNT = (
    "INSERT INTO knowledge_sign (text, first, articles) VALUES (%s, %s, %s)"
    " ON CONFLICT (text) DO UPDATE SET articles = knowledge_sign.articles + excluded.articles"
)
_DISCOUNT = "UPDATE knowledge_sign SET articles = articles - 1 WHERE text = %s AND articles > 0"


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that words found; `share` of its question was in them."""

    article: Article
    likeness: float
    share: float


def signs_in(article: Article) -> list[str]:
    """What an entry is found by, in an order all writers lock in."""
    text = "\n".join(weighing.lines_of(article.question, article.wordings))
    return sorted(weighing.signs_of(text))


def enter(articles: Sequence[Article]) -> None:
    """Have published entries found from now on; in the caller's transaction."""
    signs = {article.pk: signs_in(article) for article in articles}
    counted = Counter(sign for each in signs.values() for sign in each)
    counted[ALL] = len(signs)
    with connection.cursor() as cursor:
        # In the order in which all writers lock.
        found = [(sign, sign[:1], counted[sign]) for sign in sorted(counted)]
        cursor.executemany(_COUNT, found)
    Posting.objects.bulk_create(
        Posting(sign=sign, article_id=row_id) for row_id, each in signs.items() for sign in each
    )


def leave(article: Article) -> None:
    """Have it found no more; in the caller's transaction."""
    mine = Posting.objects.filter(article_id=article.pk)
    signs = sorted(mine.values_list("sign", flat=True))
    if not signs:
        return
    with connection.cursor() as cursor:
        cursor.executemany(_DISCOUNT, [(sign,) for sign in [ALL, *signs]])
    mine.delete()


def found(
    rows: QuerySet[Article],
    words: str,
    *,
    limit: int,
    may: Callable[[Article], bool] = lambda _: True,
) -> list[Found]:
    """The entries among `rows` that the words ask for, the likest first; nothing for no words.

    `may` says of one that was read whether it may be shown here. The first are weighed by all that
    they ask, those behind stand by the rare signs they share.
    """
    asked = weighing.pairs_of(words[: weighing.READ_LENGTH])
    counts = _counts(asked)
    among = counts.pop(ALL, 0)
    worth = {sign: weighing.rarity(count, among) for sign, count in counts.items()}
    read = weighing.chosen(counts, MOST_READ)
    if not read:
        return []
    named = weighing.first_look(_postings(read), worth)
    shown: list[Article] = []
    wanted = max(limit, WEIGHED)
    for some in _growing(named, wanted):
        of = {row.pk: row for row in rows.filter(pk__in=some).select_related("unit") if may(row)}
        shown += [of[row_id] for row_id in some if row_id in of]
        if len(shown) >= limit:
            break
    weighed = _weighed(shown[:WEIGHED], asked, counts, among)
    return [*weighed, *(Found(row, 0.0, 0.0) for row in shown[WEIGHED:])][:limit]


def _counts(asked: frozenset[str]) -> dict[str, int]:
    """In how many entries each sign stands; one sign alone is looked for in every pair it begins."""
    single = [sign for sign in asked if len(sign) == 1]
    known = dict(_rows(_BY_TEXT, [ALL, *(sign for sign in asked if len(sign) > 1)]))
    return known | dict(_rows(_BY_FIRST, single)) if single else known


def _postings(signs: Sequence[str]) -> list[tuple[str, int]]:
    # One sign that stands everywhere: its newest say as much as any.
    newest = f" ORDER BY article_id DESC LIMIT {MOST_READ}" if len(signs) == 1 else ""
    return _rows(_BY_SIGN, signs, newest)


def _rows(statement: str, signs: Sequence[str], end: str = "") -> list[tuple[str, int]]:
    """Rows of two columns whose last named one is among the signs: one statement whatever their
    number, which the database need not read anew each time."""
    is_sqlite = connection.vendor == "sqlite"
    among = " IN (SELECT value FROM json_each(%s))" if is_sqlite else " = ANY(%s)"
    given = json.dumps(list(signs)) if is_sqlite else list(signs)
    with connection.cursor() as cursor:
        cursor.execute(f"{statement}{among}{end}", [given])
        found: list[tuple[str, int]] = cursor.fetchall()
    return found


def _growing(named: list[int], first: int) -> Iterator[list[int]]:
    size, place = first, 0
    while place < len(named):
        yield named[place : place + size]
        place, size = place + size, min(size * _GROWS, _MOST)


def _weighed(
    shown: Sequence[Article], asked: frozenset[str], known: Mapping[str, int], among: int
) -> list[Found]:
    lines = {row.pk: weighing.lines_of(row.question, row.wordings) for row in shown}
    pairs = {pair for said in lines.values() for line in said for pair in weighing.pairs_of(line)}
    counts = {**known, **dict(_rows(_BY_TEXT, sorted(pairs - set(known))))}
    worth = {sign: weighing.rarity(count, among) for sign, count in counts.items()}
    weighed = []
    for place, row in enumerate(shown):
        like, share = weighing.best(asked, lines[row.pk], worth)
        weighed.append((-like, place, Found(row, like, share)))
    return [one for _like, _place, one in sorted(weighed, key=lambda entry: entry[:2])]
