"""A sheet on its way to the browser, under a Chinese name with the day it was taken."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

from gezhi.ground.sheets.marks import Mark
from gezhi.ground.sheets.writing import MEDIA_TYPE, Cell, Column, workbook
from gezhi.kernel import clock


def sheet(
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    mark: Mark | None = None,
) -> FileResponse:
    """The rows as an xlsx file to be saved: "在办-2026-11-22-1005.xlsx" (RFC 5987).

    The rows are read before this returns; what goes out is a file on disk, never in memory.
    """
    return on_its_way(workbook(name, columns, rows, mark=mark), name, clock.now())


def file_on_disk(path: Path, name: str, moment: datetime) -> FileResponse:
    """An xlsx file that lies on disk, under the name of its list and the moment it was written; it
    is sent from there and never held in memory."""
    return on_its_way(path.open("rb"), name, moment)


def on_its_way(file: IO[bytes], name: str, moment: datetime) -> FileResponse:
    """A workbook that is open at its beginning, under the name of its list and the moment."""
    response = FileResponse(
        file,
        as_attachment=True,
        filename=f"{name}-{clock.local(moment):%Y-%m-%d-%H%M}.xlsx",
        content_type=MEDIA_TYPE,
    )
    # Names of a street's people or cases are nobody's to keep on the way.
    response.headers["Cache-Control"] = "no-store"
    return response


def workbook_file(content: bytes, name: str) -> HttpResponse:
    """A workbook that is made already, to be saved under this name."""
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.xlsx")
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["Cache-Control"] = "no-store"
    return response
