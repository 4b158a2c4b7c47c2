"""What the trail says of figures."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={"figures": Family(120, _("指标"))},
    verbs={
        "figures.freeze": _("封存一段时间的指标"),
        "figures.correct": _("记下封存后的更正"),
    },
    systems={"figures": _("指标")},
    tasks={"gezhi.insight.figures.tasks.freeze": _("封存过完的日、周、月的指标，核对封存过的")},
    loops={"freeze-periods": _("封存和核对每个街道的指标")},
)
