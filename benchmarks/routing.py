"""Routing rules and their dry run in the installation that stands in GEZHI_HOME.

    python -m benchmarks.large --vendor sqlite --sizes 100000 --fill --keep --folder FOLDER
    GEZHI_HOME=FOLDER/sqlite-100000 GEZHI_HOSTS=testserver python -m benchmarks.routing --rules 300

Writes rules of its own and rolls them back. Milliseconds on this machine; what a dry run takes as
processor time, too.
"""

import argparse
import os
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle
from statistics import median
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from gezhi.kernel.viewer import Viewer

RUNS = 21


def main() -> None:
    """Print what a dry run over all cases takes, and what one case asks of so many rules."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rules", type=int, default=300)
    parser.add_argument("--drafts", type=int, default=5)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gezhi.config.settings")
    django.setup()
    from django.db import transaction

    with transaction.atomic():
        _measure(options.rules, options.drafts)
        transaction.set_rollback(True)


def _measure(rules: int, drafts: int) -> None:
    from gezhi.ground.codes import queries as codes
    from gezhi.kernel import clock
    from gezhi.kernel.viewer import Viewer
    from gezhi.records.duties import queries as duties
    from gezhi.work.cases.models import Case
    from gezhi.work.cases.queries import past_choice
    from gezhi.work.dry_runs.models import DryRun
    from gezhi.work.dry_runs.queries import changed
    from gezhi.work.dry_runs.reckoning import cases_of, reckon
    from gezhi.work.dry_runs.rules import Tally

    last = Case.objects.exclude(class_code="").latest("id")
    by = Viewer.system("bench", last.district_id)
    tried = _written(by, last.district_id, last.street_id, rules, drafts)
    today, now = clock.today(), clock.now()
    row = DryRun.objects.create(
        district_id=last.district_id, route_ids=tried, first=today - timedelta(days=3650),
        last=today, begun_at=now, moved_at=now,
    )  # fmt: skip
    began = time.perf_counter()
    total = cases_of(row).count()
    print(f"{total:,} cases, counted in {1000 * (time.perf_counter() - began):.0f} ms")
    began, busy = time.perf_counter(), time.process_time()
    reckon(row.pk)
    row.refresh_from_db()
    tally = Tally.of(row.figures)
    print(
        f"dry run of {drafts} drafts against {rules} rules: {time.perf_counter() - began:.1f} s"
        f" ({time.process_time() - busy:.1f} s of processor), {tally.total:,} were sent,"
        f" {tally.changed:,} would change"
    )
    moved = row.cases.count()
    print(f"page of {moved:,} that change: {_timed(lambda: list(changed(by, row)[:50])):.0f} ms")
    with codes.steady():
        asked = (last.district_id, last.class_code, last, now, last.urgency)
        print(f"route_for among {rules} rules: {_timed(lambda: duties.route_for(*asked)):.1f} ms")
        print(f"past_choice: {_timed(lambda: past_choice(last)):.1f} ms")
        print(f"never_firing: {_timed(lambda: duties.never_firing(by)):.0f} ms")


def _timed(ask: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        ask()
        times.append(1000 * (time.perf_counter() - began))
    return median(times)


def _written(by: "Viewer", district_id: int, street_id: int, rules: int, drafts: int) -> list[int]:
    """Rules in force over every class and hour in turn, and drafts that go before them."""
    from gezhi.ground.codes.queries import terms
    from gezhi.records.duties import actions
    from gezhi.records.duties.actions import RouteWanted
    from gezhi.records.units.models import Unit

    units = cycle(Unit.objects.filter(district_id=district_id, closed_at=None).order_by("id"))
    classes = cycle([row.code for row in terms("matters") if row.parent_code])
    hours = cycle(["working", "off", ""])
    made = []
    for place in range(rules + drafts):
        wanted = RouteWanted(
            name=f"测量用的第{place}条规则",
            order=(50_000 if place < rules else 40_000) + place,
            area_id=street_id,
            lead_unit=next(units),
            class_code=next(classes),
            hours=next(hours),
        )
        made.append(actions.draft_route(wanted=wanted, by=by).pk)
    actions.enact_routes(route_ids=made[:rules], by=by)
    return made[rules:]


if __name__ == "__main__":
    main()
