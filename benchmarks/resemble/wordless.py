"""Boston's requests closed as duplicates, by place, time and type only, on a split by time.

Never looked at: the words, the final queue and department (they tell the ending), the channel.
Trained on what was opened and closed before November 2011; asked about November and December.
"""

import itertools

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, roc_auc_score

from benchmarks.resemble.data import day
from benchmarks.resemble.training import train
from gezhi.methods.resemble.wordless import NAMES, History, Request, describe

_SPLIT = day("2011-11-01 00:00:00")
_ROUNDS = ("2011-11-01", "2011-11-16", "2011-12-01", "2011-12-16", "2012-01-01")


def as_requests(rows: list[dict[str, str]]) -> list[Request]:
    """The columns that are known at opening; the closing and its reason as the past of others."""
    return [
        Request(
            kind=row["type"],
            longitude=float(row["longitude"]),
            latitude=float(row["latitude"]),
            street=row["location_street_name"],
            address=row["location"],
            opened=day(row["open_dt"]),
            closed=day(row["closed_dt"]) if row["closed_dt"].strip() else None,
            duplicate="duplicate" in row["closure_reason"].lower(),
        )
        for row in rows
    ]


def report(rows: list[dict[str, str]]) -> list[str]:
    """Rows of a Markdown table."""
    history = History(as_requests(rows))
    table = describe(history)
    asked = history.opened >= _SPLIT
    truth = history.duplicate[asked]
    level = table[:, NAMES.index("level")] + 1.0 / (1.0 + table[:, 0])
    scores: list[tuple[str, NDArray[np.float64]]] = [
        ("plain: open at the address, then nearest open", level),
        ("past share of type and level", table[:, NAMES.index("rate of type and level")]),
        ("trees, trained once", _rolled(history, table, (_ROUNDS[0], _ROUNDS[-1]))),
        ("trees, trained anew twice a month", _rolled(history, table, _ROUNDS)),
    ]
    lines = [
        f"Asked: {asked.sum()} requests, {truth.mean():.3f} duplicates.",
        "",
        "| Boston 311, no words | average precision | AUC |",
        "|---|---|---|",
    ]
    for name, score in scores:
        precision = average_precision_score(truth, score[asked])
        lines.append(f"| {name} | {precision:.3f} | {roc_auc_score(truth, score[asked]):.3f} |")
    return lines


def _rolled(
    history: History, table: NDArray[np.float64], rounds: tuple[str, ...]
) -> NDArray[np.float64]:
    """Probabilities of each round by a forest of what was closed before it began."""
    score = np.zeros(len(history))
    moments = [day(f"{one} 00:00:00") for one in rounds]
    for begin, end in itertools.pairwise(moments):
        known = (history.opened < begin) & (history.closed < begin)
        asked = (history.opened >= begin) & (history.opened < end)
        forests = [train(table[known], history.duplicate[known], seed=seed) for seed in range(3)]
        score[asked] = np.mean([one.probability(table[asked]) for one in forests], axis=0)
    return score
