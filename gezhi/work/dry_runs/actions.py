"""The one verb of dry runs: begin one. Nothing of a case or a rule is changed by it."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.kernel import clock
from gezhi.kernel.errors import Invalid
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import queries as duties
from gezhi.work.cases.models import Case
from gezhi.work.dry_runs import tasks
from gezhi.work.dry_runs.models import DryRun
from gezhi.work.dry_runs.reckoning import reckon
from gezhi.work.dry_runs.rules import valid_days

# An office with so many cases in all has them reckoned before the answer, in well under two seconds;
# one with more by a task. They are not counted first: that alone may take as long.
AT_ONCE = 10_000
# One in which nothing moved for so long may be asked for once more.
STILL = timedelta(seconds=60)


def begin(*, route_ids: Iterable[int], first: date, last: date, by: Viewer) -> DryRun:
    """Try drafts over the cases reported from a first to a last day: now where the office has up to
    10,000 cases in all, else by a task.

    Refuses (Invalid) no draft at all and days that are none, to come, or more than a year.
    """
    # Whoever writes the rules tries them: counts by unit, and no case but by the reader's own right.
    if not by.may(Right.SET_UP):
        require(by, Right.TRY_ROUTES)
    valid_days(first, last, clock.today())
    drafts = list(duties.found_routes(by, show="draft").filter(pk__in=set(route_ids)))
    if not drafts:
        raise Invalid(_("请先勾选要试算的草稿"))
    now = clock.now()
    with transaction.atomic():
        row = DryRun(
            district_id=drafts[0].district_id,
            user_id=by.user_id,
            route_ids=[draft.pk for draft in drafts],
            names=[draft.name for draft in drafts],
            first=first,
            last=last,
            begun_at=now,
            moved_at=now,
        )
        row.save()
        audit.record(
            by=by,
            verb="dry_runs.begin",
            subject_kind="dry_run",
            subject_id=row.pk,
            detail={"first": first.isoformat(), "last": last.isoformat()},
        )
        if many := has_many_cases():
            tasks.ask(row)
    if not many:
        reckon(row.pk)
        row.refresh_from_db()
    return row


def has_many_cases() -> bool:
    """Whether this installation has more cases than are reckoned at once."""
    return Case.objects.order_by("pk").values("pk")[AT_ONCE : AT_ONCE + 1].exists()
