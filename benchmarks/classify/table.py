"""The figures as a Markdown table."""

from benchmarks.classify.comparing import Outcome
from gezhi.methods.classify import Evaluation

HEAD = (
    "| 方法 | 宏 F1 | 准确率 | 校准误差 | 覆盖 97 % | 覆盖 98 % | 前三 | 训练 秒（CPU） | 每核秒条数 | 单条 p95 毫秒（CPU） | 模型 MB |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|"
)


def by_label(figures: Evaluation) -> str:
    """Precision, recall and F1 of each label, and the pairs most often confused."""
    rows = [
        f"| {one.label} | {one.messages} | {one.precision:.3f} | {one.recall:.3f} | {one.f1:.3f} |"
        for one in figures.by_label
    ]
    pairs = "；".join(f"{a}→{b} {count}" for a, b, count in figures.confused[:8])
    return "\n".join(
        [
            "| 类别 | 条数 | 精确 | 召回 | F1 |",
            "|---|---|---|---|---|",
            *rows,
            "",
            f"最常混淆：{pairs}",
        ]
    )


def row(one: Outcome) -> str:
    """One way's figures under `HEAD`."""
    figures = one.figures
    return (
        f"| {one.name} | {figures.macro_f1:.4f} | {figures.accuracy:.4f} "
        f"| {figures.calibration_error:.4f} | {figures.coverage[0.97]:.3f} "
        f"| {figures.coverage[0.98]:.3f} | {figures.first_three:.4f} "
        f"| {one.training:.0f}（{one.training_cpu:.0f}） | {one.per_second:.0f} | {one.alone:.1f} | {one.size:.1f} |"
    )
