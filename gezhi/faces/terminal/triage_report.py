"""The report of an evaluation, as a Markdown table to be printed or kept."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from gezhi.methods.classify import Evaluation

MOST_CONFUSED = 12


def report(name: str, messages: int, evaluation: Evaluation, seconds: float) -> str:
    """The figures over messages the model had not seen, by label, and what it confuses."""
    return "\n".join(
        [
            *_figures(name, messages, evaluation, seconds),
            "",
            *_by_label(evaluation),
            "",
            *_confused(evaluation),
        ]
    )


def _figures(name: str, messages: int, evaluation: Evaluation, seconds: float) -> Iterator[str]:
    yield _("## 交叉检验：%(name)s，%(count)d 条，用时 %(seconds).0f 秒") % {
        "name": name,
        "count": messages,
        "seconds": seconds,
    }
    yield ""
    yield _("| 指标 | 值 |")
    yield "|---|---|"
    yield _("| 宏平均 F1 | %.4f |") % evaluation.macro_f1
    yield _("| 正确率 | %.4f |") % evaluation.accuracy
    yield _("| 校准误差（15 格） | %.4f |") % evaluation.calibration_error
    yield _("| 正确标签在前三 | %.4f |") % evaluation.first_three
    for share, covered in sorted(evaluation.coverage.items()):
        yield _("| 要求 %(share)d%% 正确时的覆盖 | %(covered).4f |") % {
            "share": round(share * 100),
            "covered": covered,
        }


def _by_label(evaluation: Evaluation) -> Iterator[str]:
    yield _("| 标签 | 条数 | 查准 | 查全 | F1 |")
    yield "|---|---|---|---|---|"
    for one in sorted(evaluation.by_label, key=lambda one: -one.messages):
        label = one.label.replace("|", "／")
        yield (
            f"| {label} | {one.messages} | {one.precision:.3f} | {one.recall:.3f} | {one.f1:.3f} |"
        )


def _confused(evaluation: Evaluation) -> Iterator[str]:
    yield _("| 应是 | 判成 | 条数 |")
    yield "|---|---|---|"
    for right, given, count in evaluation.confused[:MOST_CONFUSED]:
        yield f"| {right.replace('|', '／')} | {given.replace('|', '／')} | {count} |"
