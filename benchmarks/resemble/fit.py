"""Fits the weights of the text and of the place; prints what stands in weights.py.

python -m benchmarks.resemble.fit  (0.11 apart at most: NAMED came after the fit, and moves which texts have names)

Text: logistic regression on the pairs of judged.csv marked "fit", the cosine held at 1.5 at least
(without that it takes a negative weight, and unlike words would speak for a pair), others at 0.
Place: requests of Boston closed as a duplicate of a named one against pairs by chance.
"""

import re

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.resemble import data, judged, planted
from gezhi.methods.resemble import fingerprint
from gezhi.methods.resemble.evidence import measures
from gezhi.methods.resemble.fingerprinting import read

Floats = NDArray[np.float64]

_LEAST = (1.5, 0.0, 0.0, -np.inf, 0.0)
_EDGES = (0.0, 15.0, 50.0, 150.0, 300.0, 600.0, 1200.0, 2500.0, 1e9)
_NAMED = re.compile(r"1010\d{8}")


def text() -> list[str]:
    """The weights of the text."""
    messages = data.messages()
    if messages is None:
        return ["skipped: no messages"]
    rows = planted.filled(messages)._rows
    texts = {one.number: one.text for one in messages}
    pairs = {pair: same for pair, (same, use) in judged.verdicts().items() if use == "fit"}
    found = [
        measures(rows, read(fingerprint(texts[one])), np.array([rows.row_of[other]]))[0, :5]
        for one, other in pairs
    ]
    weights = _logistic(np.array(found), np.array(list(pairs.values()), dtype=np.float64))
    return [f"text: {np.round(weights, 2).tolist()} (base first), {len(pairs)} pairs"]


def _logistic(table: Floats, same: Floats) -> Floats:
    wide = np.column_stack([np.ones(len(table)), table])

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = wide @ weights
        pull = 0.3 * np.concatenate([[0.0], weights[1:]])
        value = (np.logaddexp(0.0, odds) - same * odds).sum() + 0.5 * (pull @ weights)
        return float(value), wide.T @ (1.0 / (1.0 + np.exp(-odds)) - same) + pull

    bounds = [(None, None), *((None if least == -np.inf else least, None) for least in _LEAST)]
    start = np.zeros(wide.shape[1])
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x)


def place() -> list[str]:
    """Log-odds of each band of distance, halved as in weights.py."""
    rows = data.requests()
    if rows is None:
        return ["skipped: no requests"]
    row_of = {row["case_enquiry_id"]: at for at, row in enumerate(rows)}
    same = [
        (at, row_of[named])
        for at, row in enumerate(rows)
        if "duplicate" in row["closure_reason"].lower()
        for named in _NAMED.findall(row["closure_reason"])
        if named in row_of and row_of[named] != at
    ]
    chance = np.random.default_rng(1)
    one, other = chance.integers(0, len(rows), (2, 400_000))
    kind = np.unique([row["type"] for row in rows], return_inverse=True)[1]
    moment = np.array([data.day(row["open_dt"]) for row in rows])
    alike = (one != other) & (kind[one] == kind[other])
    alike &= np.abs(moment[one] - moment[other]) <= 30.0
    of_same = np.histogram(_meters(rows, *np.array(same).T), _EDGES)[0] + 0.5
    of_others = np.histogram(_meters(rows, one[alike], other[alike]), _EDGES)[0] + 0.5
    odds = np.log(of_same / of_same.sum()) - np.log(of_others / of_others.sum())
    return [f"place up to {_EDGES[1:]} m, halved: {np.round(odds / 2.0, 2).tolist()}"]


def _meters(rows: list[dict[str, str]], one: NDArray[np.int64], other: NDArray[np.int64]) -> Floats:
    longitude = np.array([float(row["longitude"]) for row in rows])
    latitude = np.array([float(row["latitude"]) for row in rows])
    east = (longitude[one] - longitude[other]) * np.cos(np.radians(42.33)) * 111_320.0
    north = (latitude[one] - latitude[other]) * 110_574.0
    return np.asarray(np.hypot(east, north))


if __name__ == "__main__":
    print("\n".join([*text(), *place()]))
