"""Long lists on their way out: written by a task into a file that only who asked for it opens.

A room declares how a list of its own is read for a viewer (`declare`). The file lies on disk under the
home of the installation, closed to others, and goes after `KEPT`; a page of any length is never held
in memory.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.ground.sheets import declared
from gezhi.ground.sheets.marks import Mark, mark_for, purpose_code, serial_of
from gezhi.ground.sheets.models import OutgoingSheet, OutgoingState
from gezhi.ground.sheets.writing import Cell, Column, workbook
from gezhi.kernel import clock
from gezhi.kernel.errors import Invalid, Refusal, Unseen
from gezhi.kernel.fields import open_sealed, seal_into
from gezhi.kernel.viewer import Viewer

KEPT = timedelta(days=3)
# Among what is asked: what the list is taken along for.
PURPOSE = "purpose"
# So many of one person at a time: they would wait for one another anyway.
MOST_WAITING = 3
# What waits longer than this has come to grief: its page says so, and it keeps no other waiting.
STALLED = timedelta(hours=1)
# How often the page of the file learns how far it is.
_TELLS_EVERY = 500


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A list as a file holds it; `verb` is what the trail calls its taking. Personal columns need the
    purpose that was said when it was asked for (`PURPOSE` of what was asked)."""

    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    verb: str
    detail: Mapping[str, object]


Read = Callable[[Viewer, Mapping[str, str]], Outgoing]
_sources: dict[str, Read] = {}


def declare(source: str, read: Read) -> None:
    """Say how the list of this name is read for a viewer; by the room whose list it is."""
    _sources[source] = read


def ask(*, source: str, name: str, asked: Mapping[str, str], by: Viewer) -> OutgoingSheet:
    """Keep what is asked for, in the caller's transaction; the task is asked for by `tasks`.

    Refuses (Invalid) a fourth while three wait.
    """
    waiting = OutgoingSheet.objects.filter(
        user_id=by.user_id or 0,
        state=OutgoingState.WAITING,
        asked_at__gt=clock.now() - STALLED,
    )
    if waiting.count() >= MOST_WAITING:
        raise Invalid(_("您已经有三张表正在准备，等它们好了再导出下一张"))
    row = OutgoingSheet(
        district_id=by.district_id,
        user_id=by.user_id or 0,
        source=source,
        name=name[:40],
        asked_at=clock.now(),
    )
    seal_into(row, "asked", json.dumps(dict(asked), ensure_ascii=False))
    row.save()
    return row


def of(viewer: Viewer, row_id: int) -> OutgoingSheet:
    """The viewer's own; Unseen for anybody else's."""
    row = OutgoingSheet.objects.filter(pk=row_id, user_id=viewer.user_id or 0).first()
    if row is None:
        raise Unseen(_("没有找到这张表，可能已经过了保存的日子"))
    return row


def is_stalled(row: OutgoingSheet) -> bool:
    """Whether it waits so long that it will hardly be written any more."""
    return row.state == OutgoingState.WAITING and row.asked_at < clock.now() - STALLED


def asked_of(row: OutgoingSheet) -> dict[str, str]:
    """What the list was narrowed by."""
    text = open_sealed(row, "asked")
    found: dict[str, str] = json.loads(text) if text else {}
    return found


def path_of(row: OutgoingSheet) -> Path:
    """Where its file is, or will be."""
    return Path(settings.GEZHI_HOME) / "exports" / f"{row.pk}.xlsx"


def write(row_id: int) -> int:
    """Write the file by the rights its asker has now; safe to run again, it begins anew.

    A list that is refused now (the right was taken away) fails for good, and says so on its page.
    """
    row = OutgoingSheet.objects.filter(pk=row_id, state=OutgoingState.WAITING).first()
    if row is None:
        return 0
    viewer = declared.viewer_of(row.user_id)
    asked = asked_of(row)
    try:
        outgoing = _sources[row.source](viewer, asked)
        personal = any(column.personal for column in outgoing.columns)
        mark = mark_for(viewer, asked.get(PURPOSE, "")) if personal else None
        count = _written(row, outgoing, mark)
    except Refusal:
        _finish(row, OutgoingState.FAILED, 0)
        return 0
    with transaction.atomic():
        _finish(row, OutgoingState.READY, count)
        audit.record(
            by=viewer,
            verb=outgoing.verb,
            subject_kind="outgoing_sheet",
            subject_id=row.pk,
            purpose=purpose_code(mark),
            detail={**outgoing.detail, **serial_of(mark), "rows": count},
        )
    return count


def _written(row: OutgoingSheet, outgoing: Outgoing, mark: Mark | None) -> int:
    counted = _Told(row, outgoing.rows)
    path = path_of(row)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    made = workbook(row.name, outgoing.columns, counted, mark=mark)
    with made as book, part.open("wb") as file:
        shutil.copyfileobj(book, file)
    part.chmod(0o600)
    part.replace(path)
    return counted.number


class _Told:
    """Rows with their number, told to the page now and then."""

    def __init__(self, row: OutgoingSheet, rows: Iterable[Sequence[Cell]]) -> None:
        self._row, self._rows, self.number = row, rows, 0

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        for row in self._rows:
            self.number += 1
            if self.number % _TELLS_EVERY == 0:
                OutgoingSheet.objects.filter(pk=self._row.pk).update(rows=self.number)
            yield row


def _finish(row: OutgoingSheet, state: str, count: int) -> None:
    OutgoingSheet.objects.filter(pk=row.pk).update(state=state, rows=count, finished_at=clock.now())


def forget_old() -> int:
    """Delete files and what was asked for after three days; how many."""
    old = list(OutgoingSheet.objects.filter(asked_at__lt=clock.now() - KEPT))
    for row in old:
        path_of(row).unlink(missing_ok=True)
        path_of(row).with_suffix(".part").unlink(missing_ok=True)
    OutgoingSheet.objects.filter(pk__in=[row.pk for row in old]).delete()
    return len(old)
