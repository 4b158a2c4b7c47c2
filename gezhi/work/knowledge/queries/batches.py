"""Entries that one sheet brought and that still wait, to be reviewed as one."""

from dataclasses import dataclass

from django.db.models import QuerySet

from gezhi.ground.sheets import queries as sheets
from gezhi.ground.sheets.models import BatchState, RowState, SheetBatch
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.knowledge.models import Article
from gezhi.work.knowledge.queries.listing import articles

SHEET, KIND = "articles", "article"
# So many of the newest batches are looked through.
_LOOKED_THROUGH = 10


@dataclass(frozen=True, slots=True)
class Imported:
    """A batch with drafts that wait, those sent back not counted: how many, and whether somebody else
    than the viewer has to review them."""

    batch: SheetBatch
    waiting: int
    is_own: bool


def imported(viewer: Viewer) -> list[Imported]:
    """The newest batches of which drafts wait, for whoever reviews; nothing for others."""
    if not viewer.may(Right.REVIEW_KNOWLEDGE):
        return []
    rows = SheetBatch.objects.filter(
        district_id=viewer.district_id or 0, sheet=SHEET, state=BatchState.DONE
    )
    found = [_imported(viewer, row) for row in rows.order_by("-created_at")[:_LOOKED_THROUGH]]
    return [one for one in found if one.waiting]


def imported_with(viewer: Viewer, batch_id: int) -> Imported:
    """One batch; Unseen for none of the viewer's."""
    return _imported(viewer, sheets.batch(viewer, batch_id))


def drafts_of(viewer: Viewer, batch: SheetBatch) -> QuerySet[Article]:
    """What a batch brought and still waits for review; as long as its rows are kept (30 days)."""
    rows = batch.rows.filter(state=RowState.STORED).values_list("made", flat=True)
    ids = {one[1] for made in rows for one in made if one[0] == KIND}
    return articles(viewer, "drafts").filter(pk__in=ids)


def _imported(viewer: Viewer, row: SheetBatch) -> Imported:
    # Somebody who put a draft right since has written that one; the batch is its importer's.
    is_own = row.user_id == (viewer.user_id or 0)
    drafts = drafts_of(viewer, row).filter(returned_because="")
    return Imported(row, drafts.count() if row.sheet == SHEET else 0, is_own)
