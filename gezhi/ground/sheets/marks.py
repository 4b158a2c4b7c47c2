"""What a sheet bears that tells of people 水印: who took it along, when, what for, under which number.

The number stands in the trail too, so that a sheet that is found somewhere leads to who took it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from gezhi.ground.accounts.queries import staff_numbers
from gezhi.kernel import clock, words
from gezhi.kernel.errors import Invalid
from gezhi.kernel.ids import new_id
from gezhi.kernel.viewer import Viewer

LONGEST_PURPOSE = 50
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is read as another


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of one sheet; made by `mark_for` alone."""

    who: str
    moment: datetime
    purpose: str
    serial: str

    @property
    def words(self) -> str:
        """As it stands in the sheet and on paper."""
        return _words() % {
            "who": self.who,
            "moment": f"{clock.local(self.moment):%Y-%m-%d %H:%M}",
            "purpose": self.purpose,
            "serial": self.serial,
        }


def _words() -> str:
    return _("导出人：%(who)s　时间：%(moment)s　用途：%(purpose)s　编号：%(serial)s")


def is_mark(row: Sequence[str]) -> bool:
    """Whether a row of a sheet is nothing but such a mark: the sheet was taken along from here."""
    filled = [text for text in row if text]
    return len(filled) == 1 and filled[0].startswith(_words().partition("%")[0])


def mark_for(viewer: Viewer, purpose: str) -> Mark:
    """The mark of a sheet this viewer takes along now, under a number of its own.

    Refuses (Invalid, `purpose`) when nobody said what for.
    """
    said = words.line(purpose, field="purpose")[:LONGEST_PURPOSE]
    if not said:
        raise Invalid(_("这张表里有人的姓名、电话或地址，写明拿去做什么用再导出"), field="purpose")
    number, name = staff_numbers({viewer.user_id or 0}).get(viewer.user_id or 0, ("", ""))
    unit = viewer.seats[0].unit_name if viewer.seats else ""
    who = " ".join(part for part in (unit, name, number) if part) or viewer.system_name
    return Mark(who=who, moment=clock.now(), purpose=said, serial=_serial())


def purpose_code(mark: Mark | None) -> str:
    """The purpose as the trail has it; "" for a sheet that tells of nobody."""
    return f"other: {mark.purpose}" if mark else ""


def serial_of(mark: Mark | None) -> dict[str, object]:
    """The number as a particular of the trail."""
    return {"serial": mark.serial} if mark else {}


def _serial() -> str:
    """A fresh number people can read out: "0B7D-2K9Q-4X1C-M"."""
    left, signs = new_id(), ""
    while left:
        left, place = divmod(left, len(_SIGNS))
        signs = _SIGNS[place] + signs
    return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))
