"""上报: what one person says becomes a report, and a case."""

from django.utils.translation import gettext_lazy

from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.intake.report_text import Intake, Receipt
from gezhi.work.cases.intake.taking import take_in
from gezhi.work.cases.rules import Deed, Rule

declare(
    Declared(
        Deed.REPORT,
        Rule(frozenset(), (), who="任何人"),
        word=gettext_lazy("反映"),
        to_reporter=gettext_lazy("您反映了这件事"),
        to_worker=gettext_lazy("反映了这件事"),
        tells=Tells(grid=True, reporters=True),
        own=True,
    )
)


def report(*, intake: Intake, by: Viewer, key: str, district_id: int | None = None) -> Receipt:
    """Take in one report as a new case.

    Promises a receipt for every acknowledged report, the same one for the same key. Refuses
    (Invalid) what cannot be understood, (KeyReused) a key that came with another content.
    """
    return take_in(intake=intake, by=by, key=key, district_id=district_id, into=None)
