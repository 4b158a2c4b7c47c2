"""Verbs of batches: look at a sheet, say what its columns are and what rows that say nothing mean,
begin, go on, undo."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.ground.sheets import (
    declared,
    heads,
    keeping,
    outgoing,
    queries,
    reading,
    storing,
    tasks,
    undoing,
)
from gezhi.ground.sheets.declared import Line, PreviewLine, Sheet
from gezhi.ground.sheets.matching import Matched, matched
from gezhi.ground.sheets.models import BatchState, OutgoingSheet, RowState, SheetBatch, SheetRow
from gezhi.kernel import clock, rows
from gezhi.kernel.errors import Conflict, Invalid
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer

MOST_BYTES = 5_000_000
# So many rows are stored before the answer; more of them by a task.
AT_ONCE = 200
# Empty rows between those that are filled are no fault.
_SOME_EMPTY = 500
# A batch in which nothing moved for so long may be asked for once more.
STILL = timedelta(seconds=60)


def look_at(*, sheet: Sheet, content: bytes, by: Viewer) -> SheetBatch:
    """Read a workbook or CSV and keep it, sealed, to be looked at; nothing of it is stored yet.

    Refuses (Invalid, `file`) what is over 5 MB, no table (`reading.read`), too long or empty.
    """
    require(by, sheet.right)
    whole, read, heading = _read(sheet, content)
    now = clock.now()
    batch = SheetBatch(
        district_id=by.district_id,
        sheet=sheet.name,
        user_id=by.user_id or 0,
        created_at=now,
        moved_at=now,
    )
    keeping.keep_read(batch, whole)
    if sheet.own_back:
        head = heading + 1
        merged = [one for one in read.merged if one[2] < head]
        keeping.keep_head(batch, keeping.OwnHead(read.rows[:head], merged))
    if sheet.remembers is not None and (known := sheet.remembers(by, whole[heading])):
        batch.match = {str(place): name for place, name in known.items()}
    rows.insert(batch)
    return batch


def lines_in(*, sheet: Sheet, content: bytes, by: Viewer) -> tuple[Matched, list[Line]]:
    """How a workbook or CSV is read, and its lines; nothing of it is kept.

    Refuses (Invalid, `file`) as `look_at` does, and a sheet in which a needed column is not found.
    """
    require(by, sheet.right)
    whole, _whole_read, heading = _read(sheet, content)
    chosen = sheet.remembers(by, whole[heading]) if sheet.remembers is not None else None
    found = matched(whole, sheet.fields, offered=partial(sheet.offered, by), chosen=chosen)
    if missing := found.missing(sheet.fields):
        names = "、".join(str(one.title) for one in missing)
        raise Invalid(
            _("表里没有找到：%(names)s。先用“导入”认一次列、存成表样，再来") % {"names": names},
            field="file",
        )
    return found, queries.lines_of(whole, found, own_back=sheet.own_back)


def _read(sheet: Sheet, content: bytes) -> tuple[list[list[str]], reading.Read, int]:
    """The rows of a sheet with what was merged filled in and two rows of headings made one, down to
    the last that is filled; as it was read; and the row of its headings."""
    if len(content) > MOST_BYTES:
        raise Invalid(_("文件太大，最多 5 MB"), field="file")
    read = reading.read(content, most_rows=sheet.most_rows + _SOME_EMPTY)
    whole = heads.joined(heads.unmerged(read.rows, read.merged), sheet.fields)
    filled = [number for number, row in enumerate(whole) if any(row)]
    if read.more or len(filled) > sheet.most_rows + 1:
        raise Invalid(
            _("表太长：一次最多 %(most)s 行，请分成几张表") % {"most": sheet.most_rows},
            field="file",
        )
    heading = matched(whole, sheet.fields).heading
    if not any(number > heading for number in filled):
        raise Invalid(_("表里还没有内容，请在标题下面一行一行填写"), field="file")
    return whole[: filled[-1] + 1], read, heading


def match(*, batch_id: int, chosen: Mapping[int, str], by: Viewer) -> SheetBatch:
    """Say by hand which column is which of ours ("" for none of them).

    Refuses (Invalid) two columns for one, Conflict once the batch was begun.
    """
    queries.batch(by, batch_id)
    with keeping.locked(batch_id) as batch:
        _still_looked_at(batch)
        sheet = declared.find(batch.sheet)
        read = matched(keeping.read_of(batch), sheet.fields, chosen=chosen)
        batch.match = {str(one.place): one.field for one in read.columns}
        batch.version += 1
        batch.save(update_fields=["match", "version"])
    return batch


def say_for_all(*, batch_id: int, words: Mapping[str, str], by: Viewer) -> SheetBatch:
    """Choose a word for all rows that say none in a field ("" takes the choice back); rows that say
    something keep it.

    Refuses (Invalid) a field that is not chosen for all and a word nobody offered, Conflict once
    the batch was begun.
    """
    sheet = declared.find(queries.batch(by, batch_id).sheet)
    may_be = {one.name for one in sheet.fields if one.for_all}
    if any(
        name not in may_be or (word and word not in sheet.offered(by, name))
        for name, word in words.items()
    ):
        raise Invalid(_("请从列出的里面选一个"), field="for_all")
    with keeping.locked(batch_id) as batch:
        _still_looked_at(batch)
        chosen = {**batch.for_all, **words}
        batch.for_all = {name: word for name, word in chosen.items() if word}
        batch.version += 1
        batch.save(update_fields=["for_all", "version"])
    return batch


def begin(*, batch_id: int, version: int, by: Viewer) -> SheetBatch:
    """Store the good rows of a batch, each for itself: up to 200 now, more of them by a task.

    Begun twice it is begun once. Refuses (Conflict) when its columns were chosen anew since
    `version` was looked at, Invalid when a needed column is missing or no row is good.
    """
    seen_batch = queries.batch(by, batch_id)
    if seen_batch.state != BatchState.LOOKED_AT:
        return seen_batch
    # Looked at and sealed before the lock: it may take a second, and nobody waits for it.
    seen = queries.look(seen_batch, by)
    if seen.missing or not seen.to_store:
        raise Invalid(_("没有可以导入的行"))
    batch = _begun(seen_batch, seen, version, by)
    if batch.state == BatchState.STORING and len(seen.to_store) <= AT_ONCE:
        storing.store_rows(batch.pk, AT_ONCE)
    return batch


def _begun(seen_batch: SheetBatch, seen: queries.Look, version: int, by: Viewer) -> SheetBatch:
    """The batch with its rows waiting; as it stands where somebody began it meanwhile. More rows
    than go at once are asked for."""
    made = [_row_of(seen_batch, line) for line in seen.lines]
    with keeping.locked(seen_batch.pk) as batch:
        if batch.state != BatchState.LOOKED_AT:
            return batch
        if not batch.version == seen_batch.version == version:
            raise Conflict(_("列的对应或给各行选的刚刚改过，请再核对一遍"))
        batch.state = BatchState.STORING
        batch.moved_at = clock.now()
        batch.read = ""
        batch.user_id = by.user_id or 0
        batch.match = {str(one.place): one.field for one in seen.matched.columns}
        batch.save(update_fields=["state", "moved_at", "read", "user_id", "match"])
        SheetRow.objects.bulk_create(made, batch_size=500)
        _recorded(batch, by, "sheets.begin", {"rows": len(seen.to_store)})
        if len(seen.to_store) > AT_ONCE:
            tasks.ask(batch)
    return batch


def store_now(*, batch_id: int, version: int, by: Viewer) -> queries.Look:
    """`begin`, and wait until every row is stored: for a command, which has no page to wait on. What
    was seen in the sheet; where a column is missing, or no row is to be stored, nothing is begun.

    Refuses (Conflict) as `begin` does.
    """
    seen_batch = queries.batch(by, batch_id)
    seen = queries.look(seen_batch, by)
    if not seen.missing and seen.to_store and seen_batch.state == BatchState.LOOKED_AT:
        _begun(seen_batch, seen, version, by)
    while storing.store_rows(batch_id, AT_ONCE):
        pass
    return seen


def go_on(*, batch_id: int, by: Viewer) -> SheetBatch:
    """Ask once more for what waits of a batch in which nothing moved for a minute.

    Refuses (Conflict) one that moves, or has nothing left to do.
    """
    queries.batch(by, batch_id)
    with keeping.locked(batch_id) as batch:
        if not is_still(batch):
            raise Conflict(_("这一批正在进行，不用再点"))
        batch.moved_at = clock.now()
        batch.save(update_fields=["moved_at"])
        tasks.ask(batch)
    return batch


def is_still(batch: SheetBatch) -> bool:
    """Whether a batch that should move has not for a minute."""
    running = batch.state in (BatchState.STORING, BatchState.UNDOING)
    return running and clock.now() - batch.moved_at > STILL


def undo(*, batch_id: int, by: Viewer) -> SheetBatch:
    """Take back what a batch made and nothing that was changed since; up to 200 rows now.

    Refuses (Conflict) a batch that is not done, is undone already, is older than 30 days, or of a
    sheet that cannot be undone.
    """
    queries.batch(by, batch_id)
    with keeping.locked(batch_id) as batch:
        stored = keeping.counted(batch_id).get(RowState.STORED, 0)
        if not queries.may_undo(batch):
            raise Conflict(_("这一批没有可以撤销的"))
        batch.state = BatchState.UNDOING
        batch.undone_by = by.user_id
        batch.moved_at = clock.now()
        batch.save(update_fields=["state", "undone_by", "moved_at"])
        _recorded(batch, by, "sheets.undo", {"rows": stored})
        if stored > AT_ONCE:
            tasks.ask(batch)
    if stored <= AT_ONCE:
        undoing.take_back_rows(batch.pk, AT_ONCE)
    return batch


def _still_looked_at(batch: SheetBatch) -> None:
    if batch.state != BatchState.LOOKED_AT:
        raise Conflict(_("这一批已经开始导入，不能再改"))


def _row_of(batch: SheetBatch, line: PreviewLine) -> SheetRow:
    row = SheetRow(batch=batch, number=line.line.number)
    own = line.line.own
    if line.problems:
        row.state = RowState.REFUSED
        keeping.keep_content(row, line.line.cells, line.problems, own)
    elif line.is_done:
        row.state = RowState.UNCHANGED
    else:
        keeping.keep_content(row, line.line.cells, {}, own)
    return row


def _recorded(batch: SheetBatch, by: Viewer, verb: str, detail: dict[str, object]) -> None:
    audit.record(
        by=by,
        verb=verb,
        subject_kind="sheet_batch",
        subject_id=batch.pk,
        detail={"sheet": batch.sheet, **detail},
    )


def take_out(*, source: str, name: str, asked: Mapping[str, str], by: Viewer) -> OutgoingSheet:
    """Ask for a long list as a file, written by a task in the name of who asked; `outgoing` keeps it.

    The taking is recorded when the file is written. Refuses (Invalid) a fourth while three wait.
    """
    require(by, Right.BE_STAFF)
    with transaction.atomic():
        row = outgoing.ask(source=source, name=name, asked=asked, by=by)
        tasks.ask_out(row)
    return row
