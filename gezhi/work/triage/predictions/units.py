"""The unit to send a case to: as the office sent like ones, else as the routing rules or the duty
list say."""

from gezhi.kernel import clock
from gezhi.records.duties import queries as duties
from gezhi.records.units.models import Unit
from gezhi.work.cases.models import Case
from gezhi.work.cases.rules import State
from gezhi.work.triage.models import Advice
from gezhi.work.triage.predictions.labels import made_of
from gezhi.work.triage.predictions.sharing import Shared
from gezhi.work.triage.predictions.writing import Made
from gezhi.work.triage.predictor import predictor_of
from gezhi.work.triage.report_text import ReportText

UNSENT = (State.REPORTED, State.VERIFYING, State.ACCEPTED)
# How many judged pieces of advice tell how far rules and duty list are followed.
LOOKED_BACK = 500


def advise_unit(
    case: Case, report_text: ReportText, before: dict[str, Made], shared: Shared
) -> Made | None:
    """Advise the lead unit of a case that was not sent yet."""
    if case.state not in UNSENT:
        return None
    predictor = shared.once(predictor_of, case.district_id, "unit")
    asked = None if report_text.is_empty else predictor.ask(report_text.message)
    if asked is not None and shared.once(_is_open, case.district_id, asked.prediction.label):
        return made_of("unit", asked)
    return _by_routing(case, before.get("class"), shared)


def _is_open(district_id: int, label: str) -> bool:
    return (
        label.isdecimal()
        and Unit.objects.filter(pk=int(label), district_id=district_id, closed_at=None).exists()
    )


def _by_routing(case: Case, of_class: Made | None, shared: Shared) -> Made | None:
    """By the class a person chose or said, else by the one advised, as sure as that is."""
    class_code, certainty = case.class_code, 1.0
    if not class_code and of_class is not None and not of_class.abstained:
        class_code, certainty = of_class.label, of_class.confidence
    if not class_code:
        return None
    router = shared.once(duties.Router, case.district_id, case.street_id)
    held = shared.once(duties.level_of, case.holder_id) if router.asks_level else ""
    routed = router.of(class_code, case, clock.now(), case.urgency, held)
    if routed is None:
        return None
    method = "route" if routed.by == "rule" else "duty"
    confidence = certainty * shared.once(_followed, case.district_id, method)
    return Made(
        "unit",
        method=method,
        label=str(routed.lead_unit_id),
        confidence=confidence,
        abstained=False,
        alternatives=[(str(routed.lead_unit_id), round(confidence, 4))],
        words=[routed.name],
    )


def _followed(district_id: int, method: str) -> float:
    """The share of cases that ended with the unit the rules (or the duty list) named, by the rule of
    succession: one half while nothing is known."""
    judged = list(
        Advice.objects.filter(district_id=district_id, what="unit", method=method)
        .exclude(right=None)
        .order_by("-made_at")
        .values_list("right", flat=True)[:LOOKED_BACK]
    )
    return (sum(1 for right in judged if right) + 1) / (len(judged) + 2)
