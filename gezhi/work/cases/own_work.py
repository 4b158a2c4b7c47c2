"""Who handles does not close: why somebody may not check, pass or close a case."""

from django.utils.translation import gettext as _

from gezhi.kernel.errors import NotPermitted
from gezhi.kernel.viewer import Seat, Viewer
from gezhi.work.cases.models import Case
from gezhi.work.cases.rules import may_check


def own_work(case: Case, by: Viewer, seat: Seat | None) -> NotPermitted | None:
    """The refusal for whoever finished it, and their whole unit unless 即采即办; None for others."""
    if may_check(
        checker_id=by.user_id,
        checker_unit_id=seat.unit_id if seat else None,
        finisher_id=case.finished_by,
        finisher_unit_id=case.finished_unit_id,
        on_the_spot=case.on_the_spot,
    ):
        return None
    return NotPermitted(_("谁办的谁不能核查：请由其他单位的核查员来核查"))
