"""盯着的文件夹: sheets that somebody, or the other system, lays into a folder come in by themselves.

Each is read once, whatever it is called; then it lies in 已收 or 退回, and what came of it stands in a
table for a page. Killed half way it goes on: the row says how far it came. One that cannot be opened,
or laid aside, stays where it is and stands among 没做成的任务 until it can; the others go in.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.ground.jobs.sweeps import Sweep
from gezhi.ground.sheets import actions as sheets
from gezhi.ground.sheets import queries as batches
from gezhi.ground.sheets.models import BatchState, SheetBatch
from gezhi.kernel import clock, rows
from gezhi.kernel.errors import Invalid, Refusal
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.work.orders.listing import ORDERS
from gezhi.work.orders.models import FolderFile

_ENDINGS = frozenset({".xlsx", ".xls", ".ods", ".csv", ".txt"})
TAKEN, RETURNED = "已收", "退回"
# A file somebody still writes is left for the next time.
_STILL_SECONDS = 5.0


def folder() -> Path | None:
    """The folder that is watched; None where none is set."""
    return Path(settings.GEZHI_ORDERS_FOLDER) if settings.GEZHI_ORDERS_FOLDER else None


def look() -> int:
    """Read what lies in the folder and was not read before; how many files that were.

    A folder that is gone, or may not be read, is left alone: the page says so.
    """
    path = folder()
    if path is None or not path.is_dir():
        return 0
    by = Viewer.system("orders", places.default_district().pk)
    with Sweep("orders-folder") as each:
        for file in _waiting(path):
            with each.one("file", _shown_name(file)[-80:], by.district_id):
                _take(file, path, by)
    return each.done


def _waiting(path: Path) -> Iterator[Path]:
    now = clock.now().timestamp()
    for entry in sorted(path.iterdir()):
        hidden = entry.name.startswith((".", "~$"))
        if hidden or entry.suffix.lower() not in _ENDINGS or entry.is_symlink():
            continue
        if entry.is_file() and now - entry.stat().st_mtime >= _STILL_SECONDS:
            yield entry


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(sheets.MOST_BYTES + 1)
    except PermissionError as error:
        raise Invalid(
            _("运行格治的用户没有读这个文件的权限：改好权限，它自己就会导入"), code="unreadable"
        ) from error


def _take(file: Path, path: Path, by: Viewer) -> None:
    content = _read(file)
    digest = hashlib.sha256(content).hexdigest()
    name = _shown_name(file)
    row = FolderFile(
        district_id=by.district_id or 0,
        name=name[-200:],
        digest=digest,
        read_at=clock.now(),
    )
    if not rows.insert_new(row):
        row = FolderFile.objects.get(district_id=row.district_id, digest=digest)
    if row.problem and row.moved:
        # It went back, and was laid in once more: what it went back for may be put right.
        row.name, row.read_at = name[-200:], clock.now()
        row.batch_id, row.problem, row.moved = None, "", False
        row.save(update_fields=["name", "read_at", "batch_id", "problem", "moved"])
    if row.batch_id is None and not row.problem and name != file.name:
        row.problem = _("文件名不是 UTF-8（多半是 GBK 写的），看不出叫什么：改个名字再放进来")
        row.save(update_fields=["problem"])
    if row.batch_id is None and not row.problem:
        _look_at(row, content, by)
    if row.batch_id is not None and not row.problem:
        _begin(row, by)
    _move(file, path / (RETURNED if row.problem else TAKEN))
    if not row.moved:
        row.moved = True
        row.save(update_fields=["moved"])
        audit.record(
            by=by,
            verb="orders.read_folder",
            subject_kind="folder_file",
            subject_id=row.pk,
            outcome="refused" if row.problem else "done",
        )


def _look_at(row: FolderFile, content: bytes, by: Viewer) -> None:
    try:
        with transaction.atomic():
            row.batch_id = sheets.look_at(sheet=ORDERS, content=content, by=by).pk
            row.save(update_fields=["batch_id"])
    except Refusal as refusal:
        row.problem = str(refusal.message)[:300]
        row.save(update_fields=["problem"])


def _begin(row: FolderFile, by: Viewer) -> None:
    """Store what is good of it; where nothing is, it goes back with the reason."""
    batch = SheetBatch.objects.filter(pk=row.batch_id or 0).first()
    if batch is None or batch.state != BatchState.LOOKED_AT:
        return
    seen = batches.look(batch, by)
    if seen.missing:
        names = "、".join(str(one.title) for one in seen.missing)
        row.problem = _("表里没有找到：%(names)s。在网页上导入一次、存成表样，再放进来") % {
            "names": names
        }
    elif any(line.is_good and not line.is_done for line in seen.lines):
        sheets.begin(batch_id=batch.pk, version=batch.version, by=by)
        return
    elif any(not line.is_good for line in seen.lines):
        row.problem = _("没有一行能导入：打开结果，下载红格的表，改好再放进来")
    else:
        return
    row.save(update_fields=["problem"])


def _shown_name(file: Path) -> str:
    """The name as it can be written in a table: what of it is no UTF-8 is a replacement character."""
    return os.fsencode(file.name).decode(errors="replace")


def _move(file: Path, into: Path) -> None:
    """Lay the file aside under its name, under the moment too where that name is taken."""
    target = into / _shown_name(file)
    try:
        into.mkdir(exist_ok=True)
        if target.exists():
            target = target.with_stem(f"{target.stem}-{clock.local(clock.now()):%Y%m%d%H%M%S}")
        os.replace(file, target)
    except PermissionError as error:
        raise Invalid(
            _("读过了，但没有权限把它挪到“%(folder)s”：让运行格治的用户能写这个文件夹")
            % {"folder": into.name},
            code="unmovable",
        ) from error
