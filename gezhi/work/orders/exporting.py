"""A sheet of replies on its way out: for a purpose, under a mark, in their template."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.ground.sheets.marks import Mark, mark_for, purpose_code, serial_of
from gezhi.ground.sheets.writing import workbook
from gezhi.kernel.errors import Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.work.orders import replying, templates
from gezhi.work.orders.models import Reply
from gezhi.work.orders.telling import Teller, Told


@dataclass(frozen=True, slots=True)
class Written:
    """What goes out: its columns, its rows, its mark."""

    columns: Sequence[tuple[str, str]]
    told: Sequence[Told]
    mark: Mark

    def workbook(self) -> IO[bytes]:
        """The file, open at its beginning; the caller closes it."""
        rows = templates.rows(self.columns, self.told)
        return workbook(_("回件"), templates.headed(self.columns), rows, mark=self.mark)


def export(*, by: Viewer, purpose: str, mapping: str = "", serial: str = "") -> Written:
    """The replies that wait, in the columns of the mapping (the usual ones without a name); from now
    on they are written. With the number of an earlier file the replies of that one, once more.

    Refuses (Invalid) without a purpose, (Unseen) a mapping or a file that is not there.
    """
    columns = templates.columns_of(by, mapping)
    mark = mark_for(by, purpose)
    if serial:
        replies: Sequence[Reply] = list(replying.written(by, serial))
        if not replies:
            raise Unseen(_("没有这张回件表"))
    else:
        replies = replying.write_out(serial=mark.serial, by=by)
    told = sorted(Teller().tell(replies), key=lambda one: one.place)
    seat = by.seats[0] if by.seats else None
    audit.record(
        by=by,
        verb="orders.export",
        subject_kind="unit",
        subject_id=seat.unit_id if seat else None,
        detail={"rows": len(told), **serial_of(mark)},
        purpose=purpose_code(mark),
        post_id=seat.post_id if seat else None,
        unit_id=seat.unit_id if seat else None,
    )
    return Written(columns, told, mark)
