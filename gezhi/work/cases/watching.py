"""The watchdog and the nightly sweeps: what nobody does by hand still gets done."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from gezhi.ground.codes import queries as codes
from gezhi.ground.jobs.sweeps import Sweep
from gezhi.kernel import clock
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts import queries as posts
from gezhi.work.cases.actions import archive, lift, recompute
from gezhi.work.cases.inviting import in_guests_hands
from gezhi.work.cases.keys import derived
from gezhi.work.cases.models import Assignment, Case
from gezhi.work.cases.rules import State

MOST_A_NIGHT = 5_000


def unstaffed_cases() -> QuerySet[Case]:
    """Open cases held by units nobody is appointed to, but for those somebody has an invitation for.

    A unit whose invitation holds counts as staffed for that case; when it ends, as ever.
    """
    empty = unstaffed_units()
    held = Case.objects.filter(ended_at=None, holder_id__in=empty)
    return held.exclude(pk__in=in_guests_hands(empty))


def unstaffed_units() -> set[int]:
    """Units that hold open cases while nobody who could work them is appointed."""
    holding = set(
        Case.objects.filter(ended_at=None).order_by().values_list("holder_id", flat=True).distinct()
    )
    return {unit for unit in holding if unit} - posts.staffed_unit_ids(
        holding, roles_with(Right.KEEP_MOVING)
    )


def lift_unstaffed() -> int:
    """Lift every open case of an unstaffed unit to its parent; returns how many were lifted.

    At the top nothing can be lifted: the shell shows the system administrator a banner
    (`stranded`). One refused case never keeps the others.
    """
    by = Viewer.system("watchdog")
    waiting = unstaffed_cases()
    with Sweep("lift") as each:
        for number, version, district_id in list(
            waiting.exclude(holder__parent=None).values_list("number", "version", "district_id")
        ):
            with each.one("case", number, district_id):
                lift(number=number, by=by, key=f"lift:{number}:{version}")
    return each.done


def stranded() -> int:
    """Open cases held at the top by a centre nobody is appointed to: the administrator's banner."""
    return unstaffed_cases().filter(holder__parent=None).count()


def archive_closed() -> int:
    """Archive closed cases past the pack's days, at most 5,000 a night; returns how many.

    One refused case never keeps the others, and does not count towards the 5,000.
    """
    before = clock.now() - timedelta(days=codes.figure("archive_days"))
    by = Viewer.system("beat")
    waiting = Case.objects.filter(state=State.CLOSED, ended_at__lt=before).order_by("id")
    with Sweep("archive") as each:
        for number, times, district_id in list(
            waiting.values_list("number", "round", "district_id")
        ):
            if each.done == MOST_A_NIGHT:
                each.cut_short()
                break
            with each.one("case", number, district_id):
                archive(number=number, by=by, key=f"archive:{number}:{times}")
    return each.done


def recompute_due_times() -> int:
    """Recompute every provisional due time; returns how many changed or became certain.

    One refused case never keeps the others.
    """
    by = Viewer.system("calendar")
    version = codes.calendar_version()
    changed = 0
    # The clock of a unit that has not taken the case yet is none of the case's own.
    sent = Assignment.objects.filter(provisional=True, ended_at=None).values("case_id")
    waiting = Case.objects.filter(Q(due_provisional=True) | Q(pk__in=sent), ended_at=None)
    with Sweep("recompute") as each:
        for number, case_version, district_id in list(
            waiting.values_list("number", "version", "district_id")
        ):
            key = derived("calendar", version, number, case_version)
            with each.one("case", number, district_id):
                changed += recompute(number=number, by=by, key=key) is not None
    return changed
