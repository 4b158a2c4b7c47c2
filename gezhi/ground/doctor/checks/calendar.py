"""Whether codes and limits are in force, and whether the year's days off are known."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from gezhi.ground.codes import queries
from gezhi.ground.doctor.rules import Finding, bad, watch, well


def look() -> Iterator[Finding]:
    """Packs in force; years whose notice is due and not in."""
    packs = queries.packs_in_force()
    if not packs:
        yield bad(
            "calendar.no_packs",
            _("没有标准包在用"),
            _("没有类别和时限，一件诉求也收不了。"),
            _("停下服务，运行下面这一行，再启动。"),
            "gezhi prepare",
        )
        return
    missing = queries.unannounced()
    for year in missing:
        yield watch(
            "calendar.unannounced",
            _("%(year)d 年的放假通知还没有填") % {"year": year},
            _("用到那一年的时限都是暂定的，填好了会重算。"),
            _("国务院办公厅公布后，在“时限 → 放假和调休”里把通知那几行贴进去。"),
        )
    if not missing:
        yield well(
            "calendar.known", _("%(count)d 个标准包在用，放假安排齐") % {"count": len(packs)}
        )
