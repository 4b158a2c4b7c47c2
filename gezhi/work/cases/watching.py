"""The watchdog and the nightly sweeps: what nobody does by hand still gets done."""

import logging
from datetime import timedelta

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.kernel.errors import Refusal
from gezhi.kernel.viewer import Role, Viewer
from gezhi.records.posts import queries as posts
from gezhi.work.cases.actions import archive, lift, recompute
from gezhi.work.cases.keys import derived
from gezhi.work.cases.models import Case
from gezhi.work.cases.rules import State

logger = logging.getLogger(__name__)

# Somebody with one of these in the unit can move its queue on.
WORKING_ROLES = (
    Role.ACCEPTOR,
    Role.DISPATCHER,
    Role.HANDLER,
    Role.COMMUNITY_CLERK,
    Role.CHECKER,
    Role.SUPERVISOR,
)


def unstaffed_units() -> set[int]:
    """Units that hold open cases while nobody who could work them is appointed."""
    holding = set(
        Case.objects.filter(ended_at=None).order_by().values_list("holder_id", flat=True).distinct()
    )
    return {unit for unit in holding if unit} - posts.staffed_unit_ids(holding, WORKING_ROLES)


def lift_unstaffed() -> int:
    """Lift every open case of an unstaffed unit to its parent; returns how many were lifted.

    At the top nothing can be lifted: the shell shows the system administrator a banner
    (`stranded`). One refused case never keeps the others.
    """
    by = Viewer.system("watchdog")
    lifted = 0
    for number, version in list(
        Case.objects.filter(ended_at=None, holder_id__in=unstaffed_units()).values_list(
            "number", "version"
        )
    ):
        try:
            lift(number=number, by=by, key=f"lift:{number}:{version}")
            lifted += 1
        except Refusal as refusal:
            logger.info("case not lifted: %s", refusal.code)
    return lifted


def stranded() -> int:
    """Open cases held at the top by a centre nobody is appointed to: the administrator's banner."""
    return Case.objects.filter(
        ended_at=None, holder_id__in=unstaffed_units(), holder__parent=None
    ).count()


def archive_closed() -> int:
    """Archive closed cases past the pack's days; returns how many."""
    before = clock.now() - timedelta(days=codes.figure("archive_days"))
    by = Viewer.system("beat")
    done = 0
    rows = Case.objects.filter(state=State.CLOSED, ended_at__lt=before)
    for number, round_ in list(rows.values_list("number", "round")[:5000]):
        archive(number=number, by=by, key=f"archive:{number}:{round_}")
        done += 1
    return done


def recompute_due_times() -> int:
    """Recompute every provisional due time; returns how many changed or became certain."""
    by = Viewer.system("calendar")
    version = codes.calendar_version()
    done = 0
    rows = Case.objects.filter(ended_at=None, due_provisional=True)
    for number, case_version in list(rows.values_list("number", "version")):
        key = derived("calendar", version, number, case_version)
        if recompute(number=number, by=by, key=key) is not None:
            done += 1
    return done
