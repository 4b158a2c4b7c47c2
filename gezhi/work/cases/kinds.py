"""What the packs say of a request kind or a reason; read where a deed depends on it."""

from django.utils.translation import gettext as _

from gezhi.ground.codes import queries as codes
from gezhi.kernel.errors import Invalid
from gezhi.records.duties import queries as duties
from gezhi.work.cases.models import Case


def answerable(kind: str) -> bool:
    """Whether a case of this kind can be answered at the desk (直接答复): questions only."""
    term = codes.term("request_kinds", kind) if kind else None
    return term is not None and term.data.get("answerable") == "yes"


def needs_of_return(reason_code: str) -> frozenset[str]:
    """What a return for this reason must name: `duty`, `unit`, or only words."""
    term = codes.term("return_reasons", reason_code)
    return frozenset(str(term.data.get("needs", "")).split()) if term else frozenset()


def must_cite(case: Case, reason_code: str) -> bool:
    """Whether a return for this reason cites a row of the duty list: where a row gives the class to
    another unit. Nobody is asked to cite the row that says it is his own."""
    return "duty" in needs_of_return(reason_code) and duties.any_of_others(
        case.district_id, case.class_code, case.holder_id
    )


def refuse_no_delay_reason(reason_code: str, delay: str) -> None:
    """Refuse (Invalid) what is no reason to `hang` or to `extend`."""
    term = codes.term("delay_reasons", reason_code)
    if term is None or delay not in str(term.data.get("for", "")).split():
        raise Invalid(_("请选择理由"), field="reason_code")
