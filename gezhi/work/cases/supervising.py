"""督办 beside a case: who may be named to supervise it, and whose naming stands."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from gezhi.kernel.errors import Conflict, Invalid
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts import queries as posts
from gezhi.work.cases.asides import Aside, register
from gezhi.work.cases.models import Case, Supervision
from gezhi.work.cases.rules import SUPERVISORS, Mark, Rule, Standing, State
from gezhi.work.cases.standing import standing_of
from gezhi.work.deeds.rules import staying

# What ties a supervisor to a case, open or ended: whoever names one and whoever is named.
OVERSIGHT = Rule(
    staying(State), (Standing.CENTRE, Standing.AREA), SUPERVISORS, "街道的值班长或领导"
)
# A deadline beyond this is a slip of the pen.
_LONGEST = timedelta(days=366)


def open_supervision(case: Case) -> Supervision:
    """The supervision that is not discharged; refuses (Conflict) a case without one."""
    row = Supervision.objects.filter(case=case, ended_at=None).first()
    if row is None:
        raise Conflict(_("这件事没有在督办，不用做这一步"), code="state")
    return row


def may_supervise(case: Case, user_id: int) -> bool:
    """Whether a person can be named to supervise this case now."""
    return standing_of(OVERSIGHT, case, posts.viewer_of_id(user_id)).given


def still_supervises(user_id: int) -> bool:
    """Whether somebody who was named sits anywhere still from where they supervise."""
    return posts.viewer_of_id(user_id).may(Right.OVERSEE)


def is_own(case: Case, by: Viewer) -> bool:
    """Whether the supervision that stands names this viewer."""
    return Supervision.objects.filter(
        case=case, ended_at=None, supervisor_id=by.user_id or 0
    ).exists()


def valid_deadline(moment: datetime, now: datetime, *, field: str) -> datetime:
    """A deadline somebody sets; refuses (Invalid, naming the field) one that has passed, and one
    more than a year ahead."""
    if moment.utcoffset() is None:
        raise Invalid(_("时间要带时区"), field=field)
    if moment <= now:
        raise Invalid(_("期限要晚于现在，请往后改"), field=field)
    if moment - now > _LONGEST:
        raise Invalid(_("期限最多一年，请往前改"), field=field)
    return moment


def _is_supervised(case: Case) -> bool:
    return Supervision.objects.filter(case=case, ended_at=None).exists()


SUPERVISED = register(Aside(Mark.SUPERVISED, _is_supervised))


def is_not_supervised(case: Case) -> bool:
    """By its mark: for the buttons of deeds that need a supervision."""
    return Mark.SUPERVISED not in case.all_marks
