"""Storing the rows of a batch one by one: each in a transaction of its own, each once.

What a killed worker had stored stays stored, what it had not waits; the next run goes on there.
"""

from datetime import datetime, timedelta

from django.db import DataError, IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gezhi.ground.audit import queries as trail
from gezhi.ground.sheets import declared, keeping
from gezhi.ground.sheets.declared import WHOLE, Book, Line, Made, Sheet
from gezhi.ground.sheets.models import BatchState, RowState, SheetBatch, SheetRow
from gezhi.kernel import clock, prepared
from gezhi.kernel import rows as written
from gezhi.kernel.errors import Refusal
from gezhi.kernel.rights import require

# Lines that share one book: what changes meanwhile elsewhere is seen from the next lines on.
_CHUNK = 50
# So often a batch says that it moves: well within the minute after which it is asked for again.
_TOLD_EACH = timedelta(seconds=5)


def store_rows(batch_id: int, most: int) -> int:
    """Store up to `most` waiting rows in the name of whoever began the batch; how many are left.

    A row that is refused keeps no other: it becomes a red one with its reason. When the person has
    not the right any more, nothing is stored (NotPermitted).
    """
    batch = SheetBatch.objects.filter(pk=batch_id, state=BatchState.STORING).first()
    if batch is None:
        return 0
    sheet = declared.find(batch.sheet)
    viewer = declared.storer_of(batch)
    require(viewer, sheet.right)
    moved_at = _moved(batch_id)
    waiting = batch.rows.filter(state=RowState.WAITING)
    for _begin in range(0, most, _CHUNK):
        rows = list(waiting.order_by("number")[:_CHUNK])
        if not rows:
            break
        lines = [Line(row.number, keeping.content_of(row)[0]) for row in rows]
        book = sheet.book(viewer, lines)
        for row, line in zip(rows, lines, strict=True):
            _store_row(row.pk, line, book, sheet)
            if clock.now() - moved_at >= _TOLD_EACH:
                moved_at = _moved(batch_id)
    left = waiting.count()
    if not left:
        keeping.finish(batch_id, BatchState.STORING, BatchState.DONE)
    return left


def _moved(batch_id: int) -> datetime:
    """Say that the batch moves (`actions.is_still`); when that was."""
    now = clock.now()
    SheetBatch.objects.filter(pk=batch_id).update(moved_at=now)
    return now


def _store_row(row_id: int, line: Line, book: Book, sheet: Sheet) -> None:
    with transaction.atomic():
        row = prepared.ask(_row_to_store, row_id)[0]
        if row.state != RowState.WAITING:
            return
        try:
            with transaction.atomic():
                previewed = book.preview(line)
                problems = dict(previewed.problems)
                made = [] if problems or previewed.is_done else list(book.store(previewed))
        except Refusal as refusal:
            problems = {refusal.field or WHOLE: str(refusal.message)}
        except (IntegrityError, DataError):
            problems = {WHOLE: _("这一行没有存上：和别的行冲突，请核对后再传")}
        if problems:
            row.state = RowState.REFUSED
            keeping.keep_content(row, line.cells, problems, keeping.own_of(row))
        else:
            row.state = RowState.STORED if made else RowState.UNCHANGED
            may_be_undone = sheet.take_back is not None
            row.made = [_noted(one, may_be_undone=may_be_undone) for one in made]
            # What was stored has its home now; here stays what the row is known by.
            keeping.keep_content(row, sheet.known_by(line.cells), {})
        written.change(row, ["state", "content", "made"])


def _row_to_store(row_id: int) -> QuerySet[SheetRow]:
    return SheetRow.objects.filter(pk=row_id).order_by().select_for_update()


def _noted(made: Made, *, may_be_undone: bool) -> list[object]:
    """What was made, and, for the undoing, how often the trail spoke of it by then: once more is a
    change."""
    times = trail.times_spoken_of(made.kind, made.id) if may_be_undone else 0
    return [made.kind, made.id, made.how, made.before, times]
