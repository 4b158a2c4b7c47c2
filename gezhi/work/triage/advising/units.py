"""The unit to send a case to: as the office sent like ones, else as the duty list says."""

from gezhi.records.duties import queries as duties
from gezhi.records.units.models import Unit
from gezhi.work.cases.models import Case
from gezhi.work.cases.rules import State
from gezhi.work.triage.advising.writing import write
from gezhi.work.triage.models import Advice
from gezhi.work.triage.predicting import Asked, ask
from gezhi.work.triage.said import Said

UNSENT = (State.REPORTED, State.VERIFYING, State.ACCEPTED)
# How many judged pieces of advice tell how far the duty list is followed.
LOOKED_BACK = 500


def advise_unit(case: Case, said: Said) -> bool:
    """Advise the lead unit of a case that was not sent yet."""
    if case.state not in UNSENT:
        return False
    asked = None if said.is_empty else ask(case.district_id, "unit", said.message)
    if asked is not None and _is_open(case.district_id, asked.prediction.label):
        return _by_model(case, asked)
    return _by_duty(case)


def _is_open(district_id: int, label: str) -> bool:
    return (
        label.isdecimal()
        and Unit.objects.filter(pk=int(label), district_id=district_id, closed_at=None).exists()
    )


def _by_model(case: Case, asked: Asked) -> bool:
    prediction = asked.prediction
    return write(
        case,
        "unit",
        method="model",
        label=prediction.label,
        confidence=prediction.confidence,
        abstained=prediction.abstained,
        alternatives=[(label, round(share, 4)) for label, share in prediction.alternatives],
        words=prediction.words,
        model_id=asked.model_id,
    )


def _by_duty(case: Case) -> bool:
    class_code, certainty = _class_of(case)
    duty = duties.duty_for(case.district_id, class_code, case) if class_code else None
    if duty is None:
        return False
    confidence = certainty * _followed(case.district_id)
    return write(
        case,
        "unit",
        method="duty",
        label=str(duty.lead_unit_id),
        confidence=confidence,
        abstained=False,
        alternatives=[(str(duty.lead_unit_id), round(confidence, 4))],
        words=[duty.name],
    )


def _class_of(case: Case) -> tuple[str, float]:
    """The class a person chose or said, else the one advised, with how sure it is."""
    if case.class_code:
        return case.class_code, 1.0
    row = Advice.objects.filter(case=case, what="class", abstained=False).first()
    return (row.label, row.confidence) if row else ("", 0.0)


def _followed(district_id: int) -> float:
    """The share of cases that ended with the unit the duty list named, by the rule of succession:
    one half while nothing is known."""
    judged = list(
        Advice.objects.filter(district_id=district_id, what="unit", method="duty")
        .exclude(right=None)
        .order_by("-made_at")
        .values_list("right", flat=True)[:LOOKED_BACK]
    )
    return (sum(1 for right in judged if right) + 1) / (len(judged) + 2)
