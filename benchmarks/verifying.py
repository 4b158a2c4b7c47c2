"""How fast `gezhi audit verify` reads cases, and what the seals cost a report.

    GEZHI_HOME=… GEZHI_KEYS=… python -m benchmarks.verifying --reports 8000

Works on a copy of an installation with a street (the demo): reports so many cases, half of them
with the seals of rows and half without, in turns; then checks every case. Prints processor time,
which waits for nobody else's.
"""

import argparse
import os
import statistics
import time
from contextlib import ExitStack
from unittest import mock

import django

TURN = 200


def main() -> None:
    """Report in turns, put right what the turns without seals left, check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=8_000)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gezhi.config.settings")
    django.setup()
    _reports(1, sealed=True)
    turns = max(1, options.reports // (2 * TURN))
    taken: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(turns):
        for sealed in (True, False):
            taken[sealed].append(_reports(TURN, sealed=sealed))
    for sealed, values in taken.items():
        name = "with seals" if sealed else "without"
        print(f"report {name}: {statistics.median(values) * 1000:.2f} ms CPU (median of {turns})")
    _seal_the_unsealed()
    _check()


def _reports(count: int, *, sealed: bool) -> float:
    """Seconds of processor time a report."""
    from gezhi.kernel.viewer import Viewer
    from gezhi.records.places import queries as places
    from gezhi.work.cases import actions
    from gezhi.work.cases.models import Case

    by = Viewer.anonymous(places.default_district().pk)
    place = Case.objects.exclude(longitude=None).earliest("pk")
    contact = actions.Contact(name="王", phone="13811112222")
    began = time.process_time()
    with ExitStack() as stack:
        if not sealed:
            stack.enter_context(mock.patch("gezhi.ground.audit.seals.seal_of", lambda row: ""))
            stack.enter_context(mock.patch("gezhi.ground.audit.actions.keyed", lambda content: ""))
        for number in range(count):
            where = actions.Where(place.longitude, place.latitude, words="门口")
            intake = actions.Intake(
                text=f"门口有垃圾 {number}", channel="web", where=where, contact=contact
            )
            actions.report(intake=intake, by=by, key=f"bench-{time.time_ns()}-{number}")
    return (time.process_time() - began) / count


def _seal_the_unsealed() -> None:
    from gezhi.ground.audit import covering

    began = time.process_time()
    count = 0
    while part := covering.cover_some("case"):
        count += part
    print(f"sealed afterwards: {count} cases in {time.process_time() - began:.1f} s CPU")


def _check() -> None:
    from gezhi.ground.audit.models import Head
    from gezhi.work.cases.models import Step
    from gezhi.work.cases.sealed import TABLES
    from gezhi.work.cases.verification import verify_cases

    # Each step is read with its entry in the trail.
    rows = sum(model._default_manager.count() for model in TABLES)
    rows += 2 * Step.objects.count() + Head.objects.count()
    began = time.process_time()
    checked = verify_cases(None, lambda count: None)
    taken = time.process_time() - began
    print(
        f"checked: {checked.subjects} cases, {rows} rows in {taken:.1f} s CPU, "
        f"{rows / taken:,.0f} rows a second; broken: {checked.broken}"
    )


if __name__ == "__main__":
    main()
