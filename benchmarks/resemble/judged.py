"""False proposals at the merge threshold, on pairs judged by hand (judged.csv: numbers only).

`use` says what a pair served: "fit" (the weights), "check" (the threshold and the rule about
names), "fresh" (drawn by chance from the final proposals, judged after everything was fixed).
"""

import csv
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.resemble.data import Timed
from gezhi.methods.resemble import ComparedCase, Index, fingerprint

Pair = tuple[int, int]


def verdicts() -> dict[Pair, tuple[bool, str]]:
    """Whether a pair is one case, and what the verdict served."""
    with Path(__file__).with_name("judged.csv").open(encoding="utf-8") as lines:
        return {
            (int(row["one"]), int(row["other"])): (row["verdict"] == "same", row["use"])
            for row in csv.DictReader(lines)
        }


def proposals(messages: list[Timed], index: Index) -> tuple[dict[Pair, float], dict[Pair, float]]:
    """All pairs among each message's first three within 30 days; and those offered to merge."""
    every: dict[Pair, float] = {}
    merge: dict[Pair, float] = {}
    for one in messages:
        for like in index.nearest(ComparedCase(one.number, fingerprint(one.text), one.moment)):
            pair = (min(one.number, like.id), max(one.number, like.id))
            every[pair] = like.score
            if like.merge:
                merge[pair] = like.score
    return every, merge


def plain(messages: list[Timed], count: int) -> set[Pair]:
    """As many pairs within 30 days, those of greatest plain tf-idf cosine."""
    maker = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True)
    held = maker.fit_transform([one.text for one in messages])
    alike = (held @ held.T).tocoo()
    moments = np.array([one.moment for one in messages])
    kept = (alike.row < alike.col) & (np.abs(moments[alike.row] - moments[alike.col]) <= 30.0)
    order = np.argsort(-alike.data[kept])[:count]
    rows, columns = alike.row[kept][order], alike.col[kept][order]
    numbers = [(messages[a].number, messages[b].number) for a, b in zip(rows, columns, strict=True)]
    return {(min(pair), max(pair)) for pair in numbers}


def report(messages: list[Timed], index: Index) -> list[str]:
    """Rows of a Markdown table."""
    judged = verdicts()
    every, merge = proposals(messages, index)
    rows = ["| proposals to merge | pairs | judged | false | share |", "|---|---|---|---|---|"]
    fresh = [pair for pair in merge if judged.get(pair, (True, ""))[1] == "fresh"]
    beside = plain(messages, len(merge))
    for name, pairs in (
        ("ours, fresh pairs", fresh),
        ("ours, all judged", list(merge)),
        ("plain tf-idf, as many", list(beside)),
    ):
        known = [pair for pair in pairs if pair in judged]
        false = sum(not judged[pair][0] for pair in known)
        share = f"{false / len(known):.3f}" if known else "—"
        rows.append(f"| {name} | {len(pairs)} | {len(known)} | {false} | {share} |")
    hit = {number for pair in merge for number in pair}
    rows.append("")
    rows.append(f"Messages with a proposal to merge: {len(hit)} of {len(messages)}.")
    rows.extend(_calibration(every, judged))
    return rows


def _calibration(every: dict[Pair, float], judged: dict[Pair, tuple[bool, str]]) -> list[str]:
    rows = ["", "| score said | judged | same | share |", "|---|---|---|---|"]
    for low, high in ((0.0, 0.3), (0.3, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)):
        known = [judged[p][0] for p, s in every.items() if low <= s < high and p in judged]
        if known:
            rows.append(
                f"| {low:.2f}–{min(high, 1.0):.2f} | {len(known)} | {sum(known)} | {np.mean(known):.2f} |"
            )
    return rows
