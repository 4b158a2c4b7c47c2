"""Rows of batches as they are kept: sealed, locked while they change, let go of in time."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from gezhi.ground.sheets.heads import Range
from gezhi.ground.sheets.models import BatchState, SheetBatch, SheetRow
from gezhi.kernel import clock
from gezhi.kernel.errors import Unseen
from gezhi.kernel.fields import open_sealed, seal_into

# A sheet that was looked at and not begun; a row after its batch ended.
KEEP_LOOKED_AT = timedelta(days=1)
KEEP_ROWS = timedelta(days=30)


def keep_read(batch: SheetBatch, rows: Sequence[Sequence[str]]) -> None:
    """Seal the texts of the sheet into the batch; nothing is saved."""
    seal_into(batch, "read", json.dumps(rows, ensure_ascii=False))


def read_of(batch: SheetBatch) -> list[list[str]]:
    """The texts of the sheet; empty once it was begun."""
    text = open_sealed(batch, "read")
    return json.loads(text) if text else []


@dataclass(frozen=True, slots=True)
class OwnHead:
    """The headings of a sheet as they came: its rows down to them, what of these was merged."""

    rows: Sequence[Sequence[str]]
    merged: Sequence[Range] = ()


def keep_head(batch: SheetBatch, head: OwnHead) -> None:
    """Seal the headings as they came into the batch; nothing is saved."""
    plain = {"rows": head.rows, "merged": head.merged}
    seal_into(batch, "head", json.dumps(plain, ensure_ascii=False))


def head_of(batch: SheetBatch) -> OwnHead:
    """The headings as they came; none where they are not kept."""
    text = open_sealed(batch, "head")
    plain: dict[str, Any] = json.loads(text) if text else {"rows": [], "merged": []}
    return OwnHead(plain["rows"], [(a, b, c, d) for a, b, c, d in plain["merged"]])


def keep_content(
    row: SheetRow,
    cells: Mapping[str, str],
    problems: Mapping[str, str],
    own: Sequence[str] = (),
) -> None:
    """Seal a row's texts and problems into it, and all of it as it came; nothing is saved."""
    plain: dict[str, Any] = {"cells": dict(cells), "problems": dict(problems)}
    if own:
        plain["own"] = list(own)
    seal_into(row, "content", json.dumps(plain, ensure_ascii=False))


def content_of(row: SheetRow) -> tuple[dict[str, str], dict[str, str]]:
    """A row's texts and problems by field; empty where they were let go of."""
    text = open_sealed(row, "content")
    plain: dict[str, Any] = json.loads(text) if text else {}
    return plain.get("cells", {}), plain.get("problems", {})


def counted(batch_id: int) -> dict[str, int]:
    """Rows of a batch by state."""
    rows = SheetRow.objects.filter(batch_id=batch_id).order_by()
    return dict(rows.values_list("state").annotate(Count("id")))


def own_of(row: SheetRow) -> tuple[str, ...]:
    """All of a row as it came; empty where that is not kept."""
    text = open_sealed(row, "content")
    return tuple(json.loads(text).get("own", ())) if text else ()


@contextmanager
def locked(batch_id: int) -> Iterator[SheetBatch]:
    """The batch in a transaction, nobody else changing it; Unseen when it is gone."""
    with transaction.atomic():
        batch = SheetBatch.objects.select_for_update().filter(pk=batch_id).first()
        if batch is None:
            raise Unseen(_("没有找到这一批"))
        yield batch


def finish(batch_id: int, before: str, after: str) -> None:
    """End a run over a batch: nothing of it waits any more. A second end changes nothing."""
    with locked(batch_id) as batch:
        if batch.state != before:
            return
        batch.state = after
        batch.moved_at = batch.finished_at = clock.now()
        batch.counts = counted(batch_id)
        batch.save(update_fields=["state", "moved_at", "finished_at", "counts"])


def forget_old() -> int:
    """Delete sheets nobody began within a day and rows 30 days after their batch ended; how many
    rows and sheets went. Who sent how many rows when is kept: it holds no words."""
    now = clock.now()
    old, _kinds = SheetBatch.objects.filter(
        state=BatchState.LOOKED_AT, moved_at__lt=now - KEEP_LOOKED_AT
    ).delete()
    ended = SheetBatch.objects.filter(
        state__in=[BatchState.DONE, BatchState.UNDONE], finished_at__lt=now - KEEP_ROWS
    )
    rows, _kinds = SheetRow.objects.filter(batch__in=ended).delete()
    return old + rows
