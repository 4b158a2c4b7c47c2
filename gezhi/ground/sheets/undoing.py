"""Undoing a batch: what it made goes, from the last row to the first; what was changed since stays.

Whether something was changed is told by the trail: every action leaves an entry there, so one more
than when the row was stored is a change, or a use.
"""

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from gezhi.ground.audit import queries as trail
from gezhi.ground.sheets import declared, keeping
from gezhi.ground.sheets.declared import WHOLE, Made, TakesBack
from gezhi.ground.sheets.models import BatchState, RowState, SheetBatch, SheetRow
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Refusal
from gezhi.kernel.rights import require
from gezhi.kernel.viewer import Viewer


def take_back_rows(batch_id: int, most: int) -> int:
    """Take back up to `most` stored rows in the name of whoever asked; how many are left.

    A row that cannot be taken back stays as it is and says why.
    """
    batch = SheetBatch.objects.filter(pk=batch_id, state=BatchState.UNDOING).first()
    if batch is None:
        return 0
    sheet = declared.find(batch.sheet)
    viewer = declared.viewer_of(batch.undone_by or batch.user_id)
    require(viewer, sheet.right)
    stored = batch.rows.filter(state=RowState.STORED)
    for row in stored.order_by("-number")[:most]:
        if sheet.take_back is not None:
            _take_back(row.pk, sheet.take_back, viewer)
    left = stored.count()
    if not left:
        keeping.finish(batch_id, BatchState.UNDOING, BatchState.UNDONE)
    return left


def _take_back(row_id: int, take_back: TakesBack, viewer: Viewer) -> None:
    with transaction.atomic():
        row = SheetRow.objects.select_for_update().get(pk=row_id)
        if row.state != RowState.STORED:
            return
        why = ""
        try:
            with transaction.atomic():
                for one in row.made:
                    _still_as_made(*one)
                take_back([Made(*one[:4]) for one in row.made], viewer)
        except Refusal as refusal:
            why = str(refusal.message)
        except (IntegrityError, ProtectedError):
            why = _("已经有别的记录用到它")
        if why:
            row.state = RowState.KEPT
            keeping.keep_content(row, keeping.content_of(row)[0], {WHOLE: why})
        else:
            row.state = RowState.TAKEN_BACK
            row.content = ""
        row.save(update_fields=["state", "content"])
        SheetBatch.objects.filter(pk=row.batch_id).update(moved_at=clock.now())


def _still_as_made(kind: str, subject_id: int, _how: str, _before: str, times: int) -> None:
    if trail.times_spoken_of(kind, subject_id) != times:
        raise Conflict(_("导入以后有人改过或用过"))
