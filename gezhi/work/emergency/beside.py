"""The two marks an emergency sets on cases, and the limits that come with them."""

from gezhi.kernel.workdays import Limit
from gezhi.work.cases import asides, clocks
from gezhi.work.cases.asides import Aside
from gezhi.work.cases.models import Case
from gezhi.work.cases.rules import Mark
from gezhi.work.emergency import plans
from gezhi.work.emergency.models import EmergencyCase


def register_marks() -> None:
    """Tell cases what 应急 and 演练 on them mean; called once by the app."""
    asides.register(Aside(Mark.EMERGENCY, _is_of_one))
    asides.register(Aside(Mark.DRILL, _is_of_a_drill))
    clocks.register_limits(Mark.EMERGENCY, limit_of)


def limit_of(case: Case, stage: str) -> Limit | None:
    """How long a stage of a case may take by the plan it was enlisted under, over or not."""
    row = EmergencyCase.objects.filter(case=case).select_related("emergency").first()
    if row is None:
        return None
    return plans.limit(row.emergency.plan_code, stage, row.emergency.pack_id)


def _is_of_one(case: Case) -> bool:
    return EmergencyCase.objects.filter(case=case).exists()


def _is_of_a_drill(case: Case) -> bool:
    return EmergencyCase.objects.filter(case=case, emergency__drill=True).exists()
