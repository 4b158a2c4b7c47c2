"""Our figures of what was on time, by the city's types, beside the recount."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

from benchmarks.requests_311.reading import Judged
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.queries.punctual import handled_on_time


def ours(viewer: Viewer, classes: Mapping[tuple[str, timedelta], str]) -> dict[str, Judged]:
    """By type, as the figures of the office have it at the moment of the clock."""
    types = {code: name for (name, _limit), code in classes.items()}
    on_time: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for figure in handled_on_time(viewer):
        name = types[figure.class_code]
        on_time[name] += figure.on_time + figure.running
        late[name] += figure.late + figure.overdue
    return {name: Judged(on_time[name], late[name]) for name in sorted(on_time | late)}


def differences(one: Mapping[str, Judged], other: Mapping[str, Judged]) -> list[str]:
    """Lines that name each type in which the two are not the same."""
    return [
        f"{name}: {one.get(name)} / {other.get(name)}"
        for name in sorted({*one, *other})
        if one.get(name) != other.get(name)
    ]
