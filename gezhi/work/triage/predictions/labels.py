"""Class and kind of a case from its words."""

from gezhi.work.cases.models import Case
from gezhi.work.cases.rules import State
from gezhi.work.triage.predictions.sharing import Shared
from gezhi.work.triage.predictions.writing import Made
from gezhi.work.triage.predictor import Asked, predictor_of
from gezhi.work.triage.report_text import ReportText

# Once accepted a person has chosen; advice made afterwards would only pretend to have helped.
UNDECIDED = (State.REPORTED, State.VERIFYING)


def advise_class(
    case: Case, report_text: ReportText, before: dict[str, Made], shared: Shared
) -> Made | None:
    """Advise the class of a case nobody accepted yet."""
    return _advise(case, report_text, "class", shared)


def advise_kind(
    case: Case, report_text: ReportText, before: dict[str, Made], shared: Shared
) -> Made | None:
    """Advise the 12345 kind of a case nobody accepted yet."""
    return _advise(case, report_text, "kind", shared)


def _advise(case: Case, report_text: ReportText, what: str, shared: Shared) -> Made | None:
    if case.state not in UNDECIDED or report_text.is_empty:
        return None
    asked = shared.once(predictor_of, case.district_id, what).ask(report_text.message)
    return None if asked is None else made_of(what, asked)


def made_of(what: str, asked: Asked) -> Made:
    """A prediction as advice."""
    prediction = asked.prediction
    return Made(
        what,
        method=asked.method,
        label=prediction.label,
        confidence=prediction.confidence,
        abstained=prediction.abstained,
        alternatives=[(label, round(share, 4)) for label, share in prediction.alternatives],
        words=prediction.words,
        model_id=asked.model_id,
    )
