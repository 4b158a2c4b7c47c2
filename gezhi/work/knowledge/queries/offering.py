"""Entries offered for words: on the knowledge page, while a call is taken, beside an answer, and to a
resident before a report is sent. What has expired is never among them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from gezhi.kernel import clock
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.places.queries import names_of
from gezhi.work.knowledge import finding, rules
from gezhi.work.knowledge.finding import Found
from gezhi.work.knowledge.models import Article
from gezhi.work.knowledge.rules import ArticleState, Audience

SHOWN = 3
# Of a question of an entry so much must have been said before a resident is asked about it, and this
# much of it must be rare enough to mean anything.
_SHARE_FOR_RESIDENTS = 0.5
_SHARE_FOR_STAFF = 0.2


@dataclass(frozen=True, slots=True)
class Offered:
    """An entry as it is offered: `areas` names where alone it holds, "" for everywhere."""

    id: int
    question: str
    answer: str
    basis: str
    unit: str
    areas: str
    for_residents: bool

    @property
    def whole(self) -> str:
        """The answer with its basis, as it is put into an answer."""
        ends = self.basis.rstrip("。")
        return f"{self.answer}\n依据：{ends}。"


def for_words(viewer: Viewer, words: str, *, limit: int) -> list[Article]:
    """What the words find for staff, the likest first: the search of the knowledge page."""
    rows = seen_by_staff(viewer)
    return [one.article for one in finding.found(rows, words, limit=limit)]


def for_case(viewer: Viewer, words: str, where: Iterable[int | None] = ()) -> list[Offered]:
    """What may answer these words of a caller or of a case that lies in these areas."""
    rows = seen_by_staff(viewer)
    found = _holding(rows, words, where, SHOWN + 2)
    return _offered([one for one in found if one.share >= _SHARE_FOR_STAFF][:SHOWN])


def did_you_mean(district_id: int, words: str, where: Iterable[int | None] = ()) -> list[Offered]:
    """您是不是想问: published for residents, and most of its question was said."""
    rows = _offered_on_this_day(district_id).filter(audience=Audience.RESIDENTS)
    found = _holding(rows, words, where, SHOWN)
    return _offered([one for one in found if one.share >= _SHARE_FOR_RESIDENTS])


def seen_by_staff(viewer: Viewer) -> QuerySet[Article]:
    """What is offered today to the staff of the viewer's district; nothing without the right."""
    if not viewer.may(Right.READ_KNOWLEDGE):
        return Article.objects.none()
    return _offered_on_this_day(viewer.district_id or 0)


def _offered_on_this_day(district_id: int) -> QuerySet[Article]:
    lasts = Q(valid_to=None) | Q(valid_to__gte=clock.today())
    return Article.objects.filter(lasts, district_id=district_id, state=ArticleState.PUBLISHED)


def _holding(
    rows: QuerySet[Article], words: str, where: Iterable[int | None], limit: int
) -> list[Found]:
    here = frozenset(area for area in where if area)
    return finding.found(
        rows, words, limit=limit, may=lambda row: rules.applies(tuple(row.area_ids), here)
    )


def _offered(found: Sequence[Found]) -> list[Offered]:
    names = names_of({area for one in found for area in one.article.area_ids})
    return [
        Offered(
            id=one.article.pk,
            question=one.article.question,
            answer=one.article.answer,
            basis=one.article.basis,
            unit=one.article.unit.name,
            areas="、".join(names[area] for area in one.article.area_ids if area in names),
            for_residents=one.article.audience == Audience.RESIDENTS,
        )
        for one in found
    ]
