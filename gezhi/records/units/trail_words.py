"""What the trail says of units."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={
        "units": Family(40, _("单位")),
    },
    verbs={
        "units.open": _("建立单位"),
        "units.update": _("修改单位"),
        "units.close": _("关闭单位"),
    },
    kinds={
        "unit": _("单位"),
    },
    details={
        "kind": _("种类"),
    },
)
