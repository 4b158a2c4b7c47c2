"""How long the figures of an area take at the sizes of `benchmarks.large` (a home kept by `--keep`).

    GEZHI_HOME=… python -m benchmarks.figures [--rounds 5]

Prints the median and the slowest of each question a page asks, as a supervisor of the street.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from functools import partial

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gezhi.config.settings")


def main() -> None:
    """Ask each question some times, and once before to warm up."""
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=5)
    rounds: int = options.parse_args().rounds
    django.setup()

    from gezhi.insight.figures import queries
    from gezhi.insight.figures.freezing import counted_anew
    from gezhi.insight.figures.indicators import indicators
    from gezhi.insight.figures.late import late_units
    from gezhi.insight.figures.periods import Span, holding
    from gezhi.insight.figures.reach import By, reach_of
    from gezhi.kernel import clock
    from gezhi.kernel.viewer import Role
    from gezhi.records.places import queries as places
    from gezhi.records.posts import queries as posts
    from gezhi.work.cases.models import Case

    district = places.default_district()
    user = posts.users_with(district.pk, Role.SUPERVISOR)[0]
    viewer = posts.viewer_of(user)
    week = holding(Span.WEEK, clock.today()).before()
    month = holding(Span.MONTH, clock.today()).before()
    asked: dict[str, Callable[[], object]] = {
        "week, whole": lambda: queries.board(viewer, week),
        "month, whole": lambda: queries.board(viewer, month),
        "late": lambda: late_units(viewer),
        "cases of a month": lambda: queries.behind(
            viewer, "on_time_rate", "denominator", month, By.WHOLE, ""
        ),
        "freezing a month": lambda: counted_anew(reach_of(viewer), month, indicators()),
    }
    for by in (By.UNIT, By.FAMILY, By.COMMUNITY, By.GRID):
        asked[f"month by {by}"] = partial(queries.told_apart, viewer, month, by)
    print(f"{Case.objects.count()} cases; {month.first}: {_due(queries.board(viewer, month))}")
    for name, question in asked.items():
        question()
        times = []
        for _round in range(rounds):
            began = time.perf_counter()
            question()
            times.append(1000 * (time.perf_counter() - began))
        print(f"{name:20} median {statistics.median(times):7.0f} ms  slowest {max(times):7.0f} ms")


def _due(board: object) -> str:
    figures = getattr(board, "figures", ())
    return ", ".join(
        f"{one.now.indicator.code} {one.now.numerator}/{one.now.denominator}" for one in figures[:4]
    )


if __name__ == "__main__":
    main()
