"""The lists of the knowledge base's own page, and one entry."""

from django.db.models import Count, F, Q, QuerySet

from gezhi.kernel import clock
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.knowledge.models import Article
from gezhi.work.knowledge.rules import ArticleState

# The lists: what is offered, what waits for review, what is to be looked at again, what ended.
LISTS = ("published", "drafts", "due", "ended")


def articles(viewer: Viewer, which: str = "published") -> QuerySet[Article]:
    """One of the lists, the newest first; to be looked at again the longest waiting first."""
    rows = _seen(viewer).select_related("unit")
    if which == "due":
        return rows.filter(_due()).order_by("review_on", "id")
    return rows.filter(state=_state(which)).order_by("-id")


def counts(viewer: Viewer) -> dict[str, int]:
    """How many drafts wait for review and how many entries are to be looked at again."""
    rows = _seen(viewer).filter(Q(state=ArticleState.DRAFT) | _due())
    return rows.aggregate(
        drafts=Count("pk", filter=Q(state=ArticleState.DRAFT)), due=Count("pk", filter=_due())
    )


def _state(which: str) -> str:
    named = {"drafts": ArticleState.DRAFT, "ended": ArticleState.ENDED}
    return named.get(which, ArticleState.PUBLISHED).value


def _due() -> Q:
    return Q(state=ArticleState.PUBLISHED, review_on__lte=clock.today())


def _seen(viewer: Viewer) -> QuerySet[Article]:
    if not viewer.may(Right.READ_KNOWLEDGE):
        return Article.objects.none()
    return Article.objects.filter(district_id=viewer.district_id or 0)


def get(viewer: Viewer, article_id: int) -> Article:
    """One version; Unseen for none of the viewer's district."""
    found = _seen(viewer).select_related("unit").filter(pk=article_id).first()
    if found is None:
        raise Unseen("")
    return found


def versions_of(viewer: Viewer, article: Article) -> list[Article]:
    """Every version of its entry, the newest first."""
    return list(_seen(viewer).filter(entry_id=article.entry_id).order_by(F("version").desc()))


def may_change(viewer: Viewer, article: Article) -> bool:
    """Whether the viewer keeps entries of its unit."""
    if viewer.may(Right.KEEP_ALL_KNOWLEDGE):
        return True
    return article.unit_id in {seat.unit_id for seat in viewer.seats_for(Right.KEEP_KNOWLEDGE)}


def may_review(viewer: Viewer, article: Article) -> bool:
    """Whether the viewer may publish this draft: a reviewer who did not write it."""
    is_draft = article.state == ArticleState.DRAFT
    return is_draft and viewer.may(Right.REVIEW_KNOWLEDGE) and article.written_by != viewer.user_id
