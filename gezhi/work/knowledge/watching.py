"""What nobody does by hand: expired entries end, and owners are called on the review date."""

from django.db import transaction

from gezhi.ground.accounts.models import User
from gezhi.ground.jobs.sweeps import Sweep
from gezhi.ground.notices import actions as notices
from gezhi.kernel import clock
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts.queries import users_in
from gezhi.records.units.models import Unit
from gezhi.work.knowledge import actions
from gezhi.work.knowledge.models import Article
from gezhi.work.knowledge.rules import ArticleState

# Longer chains of units that followed each other are a slip.
_FOLLOWED = 20


def expire() -> int:
    """End every published entry whose last day is over and tell its owner; how many ended."""
    over = Article.objects.filter(state=ArticleState.PUBLISHED, valid_to__lt=clock.today())
    done = 0
    with Sweep("knowledge-expire") as each:
        for row in list(over.select_related("unit")):
            with each.one("article", str(row.pk), row.district_id), transaction.atomic():
                by = Viewer.system("knowledge", row.district_id)
                if actions.end_expired(article_id=row.pk, by=by):
                    _tell(row, "knowledge_expired", f"knowledge_expired:{row.pk}")
                    done += 1
    return done


def remind() -> int:
    """Call the owner of every published entry whose review date has come, once a date; how many."""
    due = Article.objects.filter(state=ArticleState.PUBLISHED, review_on__lte=clock.today())
    told = 0
    with Sweep("knowledge-remind") as each:
        for row in list(due.select_related("unit")):
            with each.one("article", str(row.pk), row.district_id), transaction.atomic():
                _tell(row, "knowledge_review", f"knowledge_review:{row.pk}:{row.review_on:%Y%m%d}")
                told += 1
    return told


def owners_of(unit: Unit) -> list[User]:
    """Whoever keeps entries in a unit, or in the one that came after it; where there is nobody, in
    the one above."""
    for _step in range(_FOLLOWED):
        if not unit.is_open and unit.successor is not None:
            unit = unit.successor
            continue
        people = users_in(unit.pk, roles_with(Right.KEEP_KNOWLEDGE))
        if people or unit.parent is None:
            return people
        unit = unit.parent
    return []


def _tell(row: Article, kind: str, key: str) -> None:
    for person in owners_of(row.unit):
        notices.notify_user(
            person.pk,
            kind,
            "article",
            row.pk,
            "",
            f"{key}:{person.pk}",
            district_id=row.district_id,
        )
