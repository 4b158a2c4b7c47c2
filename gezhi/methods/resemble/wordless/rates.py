"""Shares of duplicates among what was already closed, smoothed toward the share of all."""

import numpy as np

from gezhi.methods.resemble.wordless.history import Floats, History


def past_rates(history: History, key: np.ndarray, toward: Floats, weight: float) -> Floats:
    """For each request the share of duplicates among those of its key closed before it opened.

    `toward` is what the share would be without any, worth `weight` requests.
    """
    closing = np.argsort(history.closed, kind="stable")
    seen: dict[int, tuple[int, int]] = {}
    rates = np.zeros(len(history))
    done = 0
    for row, now in enumerate(history.opened.tolist()):
        while done < len(closing) and history.closed[closing[done]] < now:
            past = int(key[closing[done]])
            repeated, all_closed = seen.get(past, (0, 0))
            seen[past] = (repeated + int(history.duplicate[closing[done]]), all_closed + 1)
            done += 1
        repeated, all_closed = seen.get(int(key[row]), (0, 0))
        rates[row] = (repeated + weight * toward[row]) / (all_closed + weight)
    return rates


def overall(history: History) -> Floats:
    """The share of duplicates among all that were closed before each opening."""
    one = np.zeros(len(history), dtype=np.int64)
    return past_rates(history, one, np.full(len(history), 0.05), 50.0)
