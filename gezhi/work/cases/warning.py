"""What the watchdog warns of: what somebody promised for a time that has passed."""

from datetime import timedelta

from gezhi.ground.accounts.models import User
from gezhi.ground.jobs.sweeps import Sweep
from gezhi.kernel import clock
from gezhi.records.posts import queries as posts
from gezhi.work.cases import announcing
from gezhi.work.cases.models import Supervision
from gezhi.work.cases.rules import SUPERVISORS, UNIT_STAFF

# A watchdog that stood still for longer warns of nothing older: whoever opens the list sees it.
_SINCE = timedelta(days=7)


def warn_of_late_supervisions() -> int:
    """Tell unit and supervisor, once, that a supervision was not answered in time; returns of how
    many it told. One that fails keeps none of the others."""
    now = clock.now()
    rows = Supervision.objects.filter(
        ended_at=None, answered_at=None, due_at__lt=now, due_at__gt=now - _SINCE
    ).select_related("case")
    with Sweep("supervision-late") as each:
        for row in rows:
            with each.one("case", row.case.number, row.district_id):
                _warn(row)
    return each.done


def _warn(row: Supervision) -> None:
    case = row.case
    people = list(User.objects.filter(pk=row.supervisor_id, is_active=True))
    if case.holder_id is not None:
        people += posts.users_in(case.holder_id, UNIT_STAFF | SUPERVISORS)
    named = {user.pk: user for user in people}
    announcing.warn(case, named.values(), kind="supervision_late", key=f"supervision:{row.pk}:late")
