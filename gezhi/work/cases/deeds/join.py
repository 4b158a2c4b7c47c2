"""我也遇到: another report on a case that is open."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Invalid
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.intake.report_text import Intake, Receipt
from gezhi.work.cases.intake.taking import take_in
from gezhi.work.cases.models import Case
from gezhi.work.cases.rules import OPEN, Deed, Mark, Rule
from gezhi.work.deeds.rules import staying

declare(
    Declared(
        Deed.JOIN,
        Rule(staying(OPEN), (), who="任何人"),
        word=gettext_lazy("又有人反映"),
        to_reporter=gettext_lazy("您说也遇到了，和邻居的并在一起办"),
        to_worker=gettext_lazy("又有人反映"),
        tells=Tells(reporters=True),
        own=True,
        while_hung=True,
    )
)


def join(*, intake: Intake, case: Case, by: Viewer, key: str) -> Receipt:
    """Add one report to an open case (我也遇到): its own number, code, promise and rating.

    Refuses (Invalid) one that is to be kept confidential into a case that is not: it would stand
    open there, or shut the case to those who have it in hand; and what happened into an exercise.
    """
    if Mark.DRILL in case.all_marks:
        raise Invalid(_("那一件是演练，不能并进去：请作为单独的一件事提交"), field="same")
    if intake.confidential and not case.is_restricted:
        raise Invalid(_("要保密就不能并到别人的事里：请作为单独的一件事提交"), field="confidential")
    return take_in(intake=intake, by=by, key=key, district_id=case.district_id, into=case)
