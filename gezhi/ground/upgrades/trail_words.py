"""What the trail says of upgrades."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={
        "upgrades": Family(150, _("换版")),
    },
    verbs={
        "upgrades.upgrade": _("换成新的一版"),
        "upgrades.roll_back": _("退回以前的一版"),
    },
    kinds={
        "upgrade": _("换版"),
    },
    details={
        "old_version": _("旧版"),
        "new_version": _("新版"),
        "lost": _("退回去没有了的留痕"),
    },
    systems={"upgrade": _("换版")},
)
