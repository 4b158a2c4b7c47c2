"""A paper on its way out, with what it bears: who printed it, when, what for, under which number."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from gezhi.faces.paper.description import Paper
from gezhi.ground.sheets.marks import Mark
from gezhi.kernel import clock


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper and its mark; without one it tells of nobody, and says only who printed it and when."""

    paper: Paper
    who: str
    moment: datetime
    mark: Mark | None = None

    @property
    def words(self) -> str:
        """The line at the foot of every page."""
        said = {"who": self.who, "moment": f"{clock.local(self.moment):%Y-%m-%d %H:%M}"}
        if self.mark is None:
            return _("打印人：%(who)s　时间：%(moment)s") % said
        return _("打印人：%(who)s　时间：%(moment)s　用途：%(purpose)s　编号：%(serial)s") % {
            **said,
            "purpose": self.mark.purpose,
            "serial": self.mark.serial,
        }

    @property
    def watermark(self) -> str:
        """What lies under the text of a paper that tells of people and stays in the office; a letter
        goes to the one it is about."""
        return self.mark.serial if self.mark and not self.paper.letter else ""
