"""今日 and 核查 in the bar under the thumb, with what waits."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.pocket.registry import Entry

ENTRIES = (
    Entry(_("今日"), "pocket:today", "home", 0, waits=("questions", "inspections")),
    Entry(_("核查"), "pocket:checks", "check", 30, waits=("inspections",)),
)
