"""The three proposals people choose from."""

from gezhi.methods.divide.division import COMPACT, EVEN, Division, divide
from gezhi.methods.divide.graph import Graph
from gezhi.methods.divide.rules import Ints, Rules


def propose(
    graph: Graph,
    rules: Rules | None = None,
    *,
    today: Ints | None = None,
    seed: int = 0,
    effort: float = 1.0,
) -> dict[str, Division]:
    """`compact` (least cut), `even` (workloads alike) and, where today's grids are known,
    `today` (fewest households change their grid).

    All three hold the bounds wherever they can be held. Raises what `divide` raises.
    """
    out = {
        "compact": divide(graph, rules, aim=COMPACT, seed=seed, effort=effort, today=today),
        "even": divide(graph, rules, aim=EVEN, seed=seed, effort=effort, today=today),
    }
    if today is not None:
        out["today"] = divide(graph, rules, seed=seed, effort=effort, today=today, keep=True)
    return out
