"""Entries found by words: postings of their pairs, in rows of both databases alike.

A question names some dozens of pairs. In how many entries each stands is kept (`Sign`), so the
rarest are read first and no more postings than a screen needs, however many entries there are; the
few entries they name are read and weighed whole.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from gezhi.work.knowledge import weighing
from gezhi.work.knowledge.models import Article, Posting, Sign

# So many postings are read for a question.
MOST_READ = 3000
# Of those the best are looked at first, more where these hold too few that may be shown.
_FIRST, _GROWS, _MOST = 40, 4, 2000
# The row of `Sign` that counts the entries.
ALL = ""
_COUNT = (
    "INSERT INTO knowledge_sign (text, first, articles) VALUES (%s, %s, 1)"
    " ON CONFLICT (text) DO UPDATE SET articles = knowledge_sign.articles + 1"
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


def enter(article: Article) -> None:
    """Have a published entry found from now on; in the caller's transaction."""
    signs = signs_in(article)
    with connection.cursor() as cursor:
        cursor.executemany(_COUNT, [(sign, sign[:1]) for sign in [ALL, *signs]])
    Posting.objects.bulk_create(Posting(sign=sign, article_id=article.pk) for sign in signs)


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
    rows: QuerySet[Article], words: str, *, limit: int, may: Callable[[Article], bool] = lambda _: True
) -> list[Found]:  # fmt: skip
    """The entries among `rows` that the words ask for, the likest first; nothing for no words.

    `may` says of one that was read whether it may be shown here.
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
    for some in _growing(named):
        of = rows.filter(pk__in=some).select_related("unit")
        shown += sorted((row for row in of if may(row)), key=lambda row: some.index(row.pk))
        if len(shown) >= limit:
            break
    return _weighed(shown[: max(limit, _FIRST)], asked, among)[:limit]


def _counts(asked: frozenset[str]) -> dict[str, int]:
    """In how many entries each sign stands; one sign alone is looked for in every pair it begins."""
    whole = [sign for sign in asked if len(sign) > 1]
    single = [sign for sign in asked if len(sign) == 1]
    rows = Sign.objects.filter(text__in=[ALL, *whole])
    if single:
        rows = rows | Sign.objects.filter(first__in=single)
    return dict(rows.values_list("text", "articles"))


def _postings(signs: Sequence[str]) -> list[tuple[str, int]]:
    rows = Posting.objects.filter(sign__in=signs).values_list("sign", "article_id")
    # One sign that stands everywhere: its newest say as much as any.
    return list(rows.order_by("-article_id")[:MOST_READ] if len(signs) == 1 else rows)


def _growing(named: list[int]) -> Iterator[list[int]]:
    size, place = _FIRST, 0
    while place < len(named):
        yield named[place : place + size]
        place, size = place + size, min(size * _GROWS, _MOST)


def _weighed(shown: list[Article], asked: frozenset[str], among: int) -> list[Found]:
    lines = {row.pk: weighing.lines_of(row.question, row.wordings) for row in shown}
    pairs = {pair for said in lines.values() for line in said for pair in weighing.pairs_of(line)}
    counts = dict(Sign.objects.filter(text__in=pairs | asked).values_list("text", "articles"))
    worth = {sign: weighing.rarity(count, among) for sign, count in counts.items()}
    weighed = []
    for place, row in enumerate(shown):
        like, share = weighing.best(asked, lines[row.pk], worth)
        weighed.append((-like, place, Found(row, like, share)))
    return [one for _like, _place, one in sorted(weighed, key=lambda entry: entry[:2])]
