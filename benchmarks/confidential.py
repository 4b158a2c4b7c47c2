"""What the second door, of restricted cases, costs the lists: with and without it, by turns.

Copies the SQLite database of the installation ($GEZHI_HOME, a demo) aside, writes its cases there so
many times over, one in 200 of them restricted, and opens queues as the people of the demo. Prints
one line a queue: the best of some turns in milliseconds, without and with the second door.
"""

import argparse
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from unittest import mock

import django

QUEUES = {
    "1001": ("accepting", "open"),
    "1002": ("dispatching",),
    "1003": ("checking", "overdue"),
    "1004": ("closing", "open", "ended"),
    "1005": ("overdue", "open"),
    "2101": ("accepting", "open"),
    "3101": ("questions", "open"),
    "4011": ("taking", "handling"),
}
RESTRICTED_IN = 200
OPEN_IN = 20
TURNS = 5


def main() -> None:
    """Multiply the cases aside, then time the lists."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1000)
    options = parser.parse_args()
    home = Path(os.environ["GEZHI_HOME"])
    os.environ.setdefault("GEZHI_KEYS", str(home / "keys"))
    with tempfile.TemporaryDirectory(prefix="gezhi-bench-") as folder:
        aside = Path(folder) / "gezhi.sqlite3"
        shutil.copy(home / "gezhi.sqlite3", aside)
        print(multiplied(aside, options.times))
        os.environ["GEZHI_DATABASE"] = f"sqlite:///{aside}"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gezhi.config.settings")
        django.setup()
        timed()


def multiplied(path: Path, times: int) -> str:
    """Write every case so many times more: ended ones all, of the open ones one in twenty."""
    rows = sqlite3.connect(path, isolation_level=None)
    rows.execute("pragma synchronous=off")
    columns = [row[1] for row in rows.execute("pragma table_info(cases_case)")]
    made = {
        "id": "1000 + 97 * row_number() over ()",
        "number": "printf('%021d', row_number() over ())",
        "confidentiality": f"case when (s.n * 7919 + c.id) % {RESTRICTED_IN} = 0"
        " then 'restricted' else 'open' end",
        "origin_system": "''",
        "origin_number": "''",
    }
    chosen = ", ".join(made.get(name, f"c.{name}") for name in columns)
    rows.execute(
        f"insert into cases_case ({', '.join(columns)}) select {chosen} from cases_case c,"
        f" (with recursive s(n) as (select 1 union all select n + 1 from s where n < {times})"
        f" select n from s) s where c.ended_at is not null or s.n % {OPEN_IN} = 0"
    )
    rows.execute("analyze")
    every, running, kept = rows.execute(
        "select count(*), sum(ended_at is null), sum(confidentiality = 'restricted') from cases_case"
    ).fetchone()
    rows.close()
    return f"{every} cases, {running} open, {kept} restricted"


def timed() -> None:
    """One line a person and list."""
    from django.db.models import Q

    from gezhi.ground.accounts.models import User
    from gezhi.records.posts import queries as posts
    from gezhi.work.cases import queries
    from gezhi.work.cases.queries import queues, visible

    def without(_viewer: object, _sight: object) -> Q:
        return Q()

    for number, names in QUEUES.items():
        viewer = posts.viewer_of(User.objects.get(staff_number=number))
        lists: dict[str, Callable[[], object]] = {"counts": partial(queries.counts, viewer)}
        for name in names:
            lists[name] = partial(queries.listing, viewer, name)
        for name, ask in lists.items():
            best = {"without": 1e9, "with": 1e9}
            for _turn in range(TURNS):
                best["with"] = min(best["with"], _spent(ask))
                with (
                    mock.patch.object(visible, "within", without),
                    mock.patch.object(queues, "within", without),
                ):
                    best["without"] = min(best["without"], _spent(ask))
            print(f"{number} {name}: {best['without']:.0f} {best['with']:.0f}", flush=True)


def _spent(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
