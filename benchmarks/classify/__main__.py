"""Prints what `benchmarks.classify` measures; see there."""

import argparse
import sys
from collections.abc import Sequence

from benchmarks.classify import plain, reading
from benchmarks.classify.comparing import judge, size_of
from benchmarks.classify.newcomer import newcomers
from benchmarks.classify.table import HEAD, by_label, row
from gezhi.methods.classify.train import Example, train


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for; 0 also where the data are absent."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.classify")
    parser.add_argument("--new-class", action="store_true", help="50 examples of a held-out label")
    parser.add_argument("--kinds", action="store_true", help="the kinds of 12345 requests")
    parser.add_argument("--only", choices=("ours", "plain"), default="", help="one of the two ways")
    parser.add_argument("--labels", nargs="*", default=(), help="with --new-class: only these")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args(arguments)
    examples = reading.kinds() if asked.kinds else reading.messages()
    if not examples:
        print("跳过：这里没有 ../shared/data 里的真实数据。")
        return 0
    print(f"{len(examples)} 条，{len({one.label for one in examples})} 类\n")
    if asked.new_class:
        show_newcomers(examples, asked.seed, asked.labels)
    else:
        show_comparison(examples, asked.seed, asked.only)
    return 0


def show_comparison(examples: Sequence[Example], seed: int, only: str) -> None:
    """Both ways on the same folds, each with its labels one by one."""
    if only != "plain":
        ours = judge("格治", lambda part: train(part, seed=seed), size_of, examples, seed)
        print(f"{HEAD}\n{row(ours)}\n\n{by_label(ours.figures)}\n", flush=True)
    if only != "ours":
        other = judge("scikit-learn", plain.train, plain.Plain.size, examples, seed)
        print(f"{HEAD}\n{row(other)}\n\n{by_label(other.figures)}\n", flush=True)


def show_newcomers(examples: Sequence[Example], seed: int, only: Sequence[str]) -> None:
    """A row for each label held out."""
    print("| 新类别 | 召回 | 精确 | 其余宏 F1 前 | 后 | 其余召回少了 |")
    print("|---|---|---|---|---|---|")
    for one in newcomers(examples, seed=seed, only=only):
        print(
            f"| {one.label} | {one.recall:.3f} | {one.precision:.3f} | {one.others_before:.4f} "
            f"| {one.others_after:.4f} | {one.lost_recall * 100:.2f} 点 |",
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
