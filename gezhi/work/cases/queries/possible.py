"""Which deeds a viewer can do to a case now: the buttons of its page."""

from gezhi.kernel.errors import Refusal
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.declared import DECLARED, Declared, against
from gezhi.work.cases.models import Case
from gezhi.work.cases.rules import Deed
from gezhi.work.cases.standing import standing_of


def possible_deeds(viewer: Viewer, case: Case) -> tuple[Deed, ...]:
    """In the order of the page; a deed listed here is not refused for state or standing."""
    on_page = sorted((one for one in DECLARED.values() if one.place), key=lambda one: one.place)
    return tuple(one.deed for one in on_page if _possible(one, viewer, case))


def refusal_of(viewer: Viewer, case: Case, deed: Deed) -> Refusal | None:
    """What speaks against a deed that state and standing allow; None where nothing else does."""
    declared = DECLARED[deed]
    given = standing_of(declared.rule, case, viewer)
    if not given.given or not declared.rule.allows(case.state):
        return None
    return against(declared, case, viewer, given.seat)


def _possible(declared: Declared, viewer: Viewer, case: Case) -> bool:
    # What the case alone tells comes first: it asks nothing of the database.
    if not declared.rule.allows(case.state):
        return False
    if declared.quiet is not None and declared.quiet(case):
        return False
    given = standing_of(declared.rule, case, viewer)
    if not given.given:
        return False
    return against(declared, case, viewer, given.seat) is None
