"""催一催: the reporter asks when."""

from datetime import timedelta
from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.codes import queries as codes
from gezhi.kernel.errors import Conflict
from gezhi.kernel.viewer import Role
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnReport, do_for
from gezhi.work.cases.models import Report, Step
from gezhi.work.cases.rules import OPEN, Deed, Rule, Standing
from gezhi.work.deeds.rules import staying

declare(
    Declared(
        Deed.URGE,
        Rule(staying(OPEN), (Standing.REPORTER,), who="反映人"),
        word=gettext_lazy("催办"),
        to_reporter=gettext_lazy("您催了一次"),
        to_worker=gettext_lazy("催了一次"),
        tells=Tells(unit=(Role.HANDLER, Role.COMMUNITY_CLERK, Role.ACCEPTOR, Role.DISPATCHER)),
        own=True,
    )
)


def urge(**to: Unpack[OnReport]) -> Step:
    """催一催: counted and shown to the holder; once in the pack's hours a report.

    Refuses (Conflict) sooner, and says when it counts again.
    """
    return do_for(Deed.URGE, {}, lambda doing: _urge(doing, to["report"]), **to)


def _urge(doing: Doing, report: Report) -> Step:
    hours = codes.figure("urge_pause_hours")
    recent = Step.objects.filter(
        case=doing.case,
        deed=Deed.URGE,
        report_id=report.pk,
        recorded_at__gt=doing.now - timedelta(hours=hours),
    )
    if recent.exists():
        raise Conflict(
            _("刚才已经催过，承办单位已经看到；%(hours)d 小时后可以再催") % {"hours": hours},
            code="too_soon",
        )
    return doing.finish()
