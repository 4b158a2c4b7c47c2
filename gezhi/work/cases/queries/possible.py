"""Which deeds a viewer can do to a case now: the buttons of its page."""

from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.kinds import answerable
from gezhi.work.cases.models import Case
from gezhi.work.cases.rules import TABLE, Deed, State, may_check
from gezhi.work.cases.standing import standing_of

# Deeds that stand on a case's page; the rest belong to reporters and tasks.
PAGE_DEEDS = (
    Deed.ASK,
    Deed.VERIFY,
    Deed.ACCEPT,
    Deed.ANSWER,
    Deed.REJECT,
    Deed.MERGE,
    Deed.DISPATCH,
    Deed.TAKE,
    Deed.RETURN,
    Deed.FINISH,
    Deed.HANDLE_ON_THE_SPOT,
    Deed.PASS,
    Deed.CHECK,
    Deed.CLOSE,
    Deed.RATE,
    Deed.REOPEN,
    Deed.CONTACT,
    Deed.SUMMARIZE,
    Deed.RELOCATE,
    Deed.RESTRICT,
)


def possible_deeds(viewer: Viewer, case: Case) -> tuple[Deed, ...]:
    """In the order of the page; a deed listed here is not refused for state or standing."""
    return tuple(deed for deed in PAGE_DEEDS if _possible(deed, viewer, case))


def _possible(deed: Deed, viewer: Viewer, case: Case) -> bool:
    rule = TABLE[deed]
    if not rule.allows(State(case.state)):
        return False
    given = standing_of(rule, case, viewer)
    if not given.given:
        return False
    if deed is Deed.ANSWER:
        return answerable(case.kind)
    if deed is Deed.RESTRICT:
        return not case.is_restricted
    if deed is Deed.PASS:
        return case.on_the_spot and not case.check_passed and viewer.user_id != case.finished_by
    if deed is Deed.CHECK:
        return not case.check_passed and may_check(
            checker_id=viewer.user_id,
            checker_unit_id=given.seat.unit_id if given.seat else None,
            finisher_id=case.finished_by,
            finisher_unit_id=case.finished_unit_id,
            on_the_spot=case.on_the_spot,
        )
    if deed is Deed.CLOSE:
        return case.check_passed and viewer.user_id != case.finished_by
    return True
