"""上报 and 自行处置 in the bar under the thumb."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.pocket.registry import Entry

ENTRIES = (
    Entry(_("上报"), "pocket:report", "plus", 10),
    Entry(_("自行处置"), "pocket:spot", "wrench", 20),
)
