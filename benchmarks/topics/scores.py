"""Scores of groups against marked ones."""

from collections.abc import Mapping, Sequence


def best(event: set[int], groups: Sequence[set[int]]) -> tuple[float, float, float]:
    """F1, precision and recall of the one group that fits an event best."""
    found = (0.0, 0.0, 0.0)
    for group in groups:
        both = len(event & group)
        if both:
            found = max(
                found,
                (2 * both / (len(event) + len(group)), both / len(group), both / len(event)),
            )
    return found


def b_cubed(group_of: Mapping[int, int], event_of: Mapping[int, int]) -> tuple[float, float]:
    """B-cubed precision and recall (Bagga & Baldwin 1998) over the reports of events.

    Reports of no event count in the precision of a group that took them in.
    """
    groups: dict[int, list[int]] = {}
    events: dict[int, int] = {}
    for report, event in event_of.items():
        groups.setdefault(group_of.get(report, -1 - report), []).append(event)
        events[event] = events.get(event, 0) + 1
    precision = recall = 0.0
    number = 0
    for held in groups.values():
        for event in held:
            if event >= 0:
                same = held.count(event)
                precision += same / len(held)
                recall += same / events[event]
                number += 1
    return precision / max(number, 1), recall / max(number, 1)
