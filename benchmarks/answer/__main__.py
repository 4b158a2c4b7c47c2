"""Everything about the draft answer in one run, as Markdown.

python -m benchmarks.answer [--sources 100000]
"""

import argparse

from benchmarks.answer import checks, drafts, retrieval, speed
from benchmarks.answer.checks import Judge, Tally
from benchmarks.answer.replies import Pair, pairs


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _retrieval(found: list[Pair]) -> None:
    for name, window in (("开发段", retrieval.DEVELOP), ("留出段", retrieval.HELD)):
        sources, asked, rows = retrieval.rows(found, window)
        print(f"\n### 找类似的答复：{name}（{asked} 条留言，{sources} 条更早的答复）\n")
        print("| 办法 | 前三条名目召回 | 第一条召回 | 第一条 F1 | 与真答复的相似度 |")
        print("|---|---|---|---|---|")
        for row in rows:
            print(
                f"| {row.way} | {row.recall_three:.3f} | {row.recall:.3f} | {row.score:.3f}"
                f" | {row.likeness:.3f} |"
            )


def _line(code: str, mine: Tally, plain: Tally) -> str:
    return (
        f"| {code} | {mine.right + mine.missed} | {_share(mine.precision)} | {_share(mine.recall)}"
        f" | {_share(mine.score)} | {_share(plain.precision)} | {_share(plain.recall)}"
        f" | {_share(plain.score)} |"
    )


_HEAD = (
    "| 码 | 有毛病的 | 准 | 全 | F1 | 关键词规则：准 | 全 | F1 |\n|---|---|---|---|---|---|---|---|"
)


def _checks(found: list[Pair]) -> None:
    by_number = {pair.number: pair for pair in found}
    for name, part in (("开发的一半", "develop"), ("留出的一半", "held"), ("合计 140 对", "")):
        print(f"\n### 检查答复：{name}\n\n{_HEAD}")
        judges: tuple[Judge, Judge] = (checks.ours, checks.plain)
        mine, plain = (checks.marked(by_number, part, judge) for judge in judges)
        for code, tally in mine.items():
            print(_line(code, tally, plain[code]))
    print(f"\n### 检查答复：少见的三种（按宽模式挑出来再人工标的）\n\n{_HEAD}")
    mine, plain = (checks.rare(by_number, judge) for judge in (checks.ours, checks.plain))
    for code, tally in mine.items():
        print(_line(code, tally, plain[code]))


def _drafts(found: list[Pair]) -> None:
    counts, texts = drafts.result(found, retrieval.HELD)
    print("\n### 草稿（留出段）\n\n| 量 | 值 |\n|---|---|")
    print(f"| 留言 | {counts.messages} |")
    print(f"| 带得出规定句的草稿（其余是只有空格的骨架） | {counts.carried} |")
    print(f"| 带出的句子 / 不同的整段 | {counts.sentences} / {len(texts)} |")
    print(f"| 带出的名目里真答复也有的（{counts.cited} 份） | {counts.cited_right:.3f} |")
    print(f"| 换成别人的真答复（随机水平） | {counts.chance_right:.3f} |")
    print(f"| 漏出的日期、金额、电话、车牌 | {len(counts.digits)} |")
    carrying, leaks = drafts.planted(found, retrieval.HELD)
    told = "、".join(f"{kind} {times}" for kind, times in leaks.items())
    print(f"| 给每句旧答复种上别人的事实再起草：带得出的草稿 / 漏出 | {carrying} / {told} |")
    print(f"| jieba 标为人名的词（要人看） | {'、'.join(sorted(set(counts.persons))) or '无'} |")


def _speed(found: list[Pair], sources: int) -> None:
    seen = speed.measured(found, sources)
    print(f"\n### 速度（{seen.sources} 条，单核，毫秒：中位 / p95）\n\n| 量 | 值 |\n|---|---|")
    print(f"| 上架（CPU 秒） / 进程内存峰值（MB） | {seen.build:.0f} / {seen.memory} |")
    for name, (middle, high) in (
        ("找类似的，墙钟", seen.ask),
        ("找类似的，CPU", seen.ask_cpu),
        ("起草", seen.draft),
        ("检查", seen.findings_of),
    ):
        print(f"| {name} | {middle:.1f} / {high:.1f} |")


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=100_000)
    options = parser.parse_args()
    found = pairs()
    _retrieval(found)
    _checks(found)
    _drafts(found)
    _speed(found, options.sources)


if __name__ == "__main__":
    main()
