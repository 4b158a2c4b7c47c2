"""Thousands of generated layouts: no grid apart, no bound broken without a proof, no gap.

    python -m benchmarks.divide.many --first 0 --count 10000 --out many.jsonl

Resumes where the file ends; `--report many.jsonl` sums it up; `--again many.jsonl --sample 300`
runs anew those that broke bounds there and some others (`--first N --count 1`: a single one).
"""

import argparse
import collections
import json
import pathlib
import time
from collections.abc import Sequence

import numpy as np

from benchmarks.divide import checker, layouts
from gezhi.methods import divide


def one(number: int, effort: float) -> dict[str, object]:
    """Survey, divide, tile and examine layout `number`."""
    layout = layouts.drawn(number)
    began = time.perf_counter()
    ground = divide.survey(
        layout.places,
        borders=[layout.border],
        compound=layout.compound,
        roads=layout.roads,
        barriers=layout.barriers,
    )
    graph = divide.graph_of(
        ground.pairs, ground.weights, layout.households, compound=ground.compound
    )
    division = divide.divide(graph, seed=number, effort=effort)
    polygons = divide.tile(ground, division.grid)
    seconds = time.perf_counter() - began
    rules = divide.Rules()
    found = checker.examine(
        ground.pairs,
        ground.weights,
        layout.households,
        layout.compound,
        division.grid,
        rules.minimum,
        rules.maximum,
    )
    kinds = collections.Counter(c.kind for c in division.certificates)
    excused = 0
    for certificate in division.certificates:
        atoms = list(certificate.atoms)
        grids = set(division.grid[atoms].tolist())
        total = int(layout.households[atoms].sum())
        if certificate.kind == "overfull":
            assert total > rules.maximum
        elif certificate.kind == "island":
            whole = set(np.flatnonzero(np.isin(division.grid, sorted(grids))).tolist())
            assert whole == set(atoms) and not rules.counts(total)
            beyond = {
                int(x)
                for pair in ground.pairs
                for x in pair
                if len(whole & set(pair.tolist())) == 1
            }
            assert not beyond, "an island that is linked to something"
        else:
            assert divide.holds(graph, certificate, rules)
        excused += len(grids & set(found.outside)) if certificate.kind != "knot" else 1
    return {
        "number": number,
        "kind": layout.kind,
        "atoms": graph.count,
        "grids": division.measures.grids,
        "outside": len(found.outside),
        "avoidable": max(0, len(found.outside) - excused),
        "apart": found.apart,
        "certificates": dict(kinds),
        "proved": division.proved,
        "tiling_error": checker.tiling_error(list(polygons), layout.border),
        "torn": sum(p.geom_type != "Polygon" for p in polygons),
        "seconds": round(seconds, 3),
    }


def report(path: pathlib.Path) -> None:
    """One line per kind, and every layout that is not as it should be."""
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    for kind in (*layouts.KINDS, "all"):
        mine = [r for r in rows if kind in (r["kind"], "all")]
        if mine:
            print(
                f"{kind:9} layouts {len(mine):6} atoms {sum(r['atoms'] for r in mine):8}"
                f" grids {sum(r['grids'] for r in mine):7}"
                f" out of bounds {sum(r['outside'] for r in mine):4}"
                f" avoidable {sum(r['avoidable'] for r in mine)}"
                f" apart {sum(r['apart'] for r in mine)}"
                f" torn {sum(r['torn'] for r in mine)}"
                f" tiling error <= {max(r['tiling_error'] for r in mine):.1e}"
                f" seconds {sum(r['seconds'] for r in mine):.0f}"
            )
    kinds: collections.Counter[str] = collections.Counter()
    for row in rows:
        kinds.update(row["certificates"])
        if row["avoidable"] or row["apart"] or row["torn"] or row["tiling_error"] > 1e-9:
            print("NOT AS IT SHOULD BE", row)
    print("certificates", dict(kinds))


def again(path: pathlib.Path, sample: int) -> list[int]:
    """The layouts of an earlier run that broke bounds, and a sample of those that did not."""
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    broke = [row["number"] for row in rows if row["outside"]]
    others = sorted({row["number"] for row in rows} - set(broke))
    drawn = np.random.default_rng(0).choice(others, min(sample, len(others)), replace=False)
    return sorted({*broke, *drawn.tolist()})


def main() -> None:
    """Run, or sum up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--effort", type=float, default=0.1)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("var/divide-many.jsonl"))
    parser.add_argument("--report", type=pathlib.Path)
    parser.add_argument("--again", type=pathlib.Path)
    parser.add_argument("--sample", type=int, default=300)
    options = parser.parse_args()
    if options.report:
        report(options.report)
        return
    done = set()
    if options.out.exists():
        done = {json.loads(line)["number"] for line in options.out.read_text().splitlines()}
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with options.out.open("a") as out:
        wanted: Sequence[int] = range(options.first, options.first + options.count)
        if options.again:
            wanted = again(options.again, options.sample)
        for number in wanted:
            if number not in done:
                out.write(json.dumps(one(number, options.effort)) + "\n")
                out.flush()
    report(options.out)


if __name__ == "__main__":
    main()
