"""gezhi triage train | evaluate | predict: learn from files or cases, measure, sort a table."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gezhi.faces.terminal import triage_learning, triage_tables
from gezhi.faces.terminal.triage_report import report
from gezhi.kernel.errors import Refusal

_BATCH = 1000
_WHATS = ("class", "kind", "unit")


class Command(BaseCommand):
    """Trains, evaluates and predicts, on files or on the office's own cases."""

    help = "智能分拨：train 训练，evaluate 交叉检验，predict 给表格里的留言分类"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True, metavar="train|evaluate|predict")
        train = deeds.add_parser(
            "train", help="从表格（subject、detail、label 三列）或办结事件训练"
        )
        train.add_argument("file", type=Path, nargs="?", help="CSV 或 CSV.GZ")
        train.add_argument("--from-cases", action="store_true", help="用本单位办过的事件训练")
        train.add_argument("--what", choices=_WHATS, default="class", help="学什么，默认 class")
        train.add_argument("--model", type=Path, help="模型写到这个文件，不启用（只限表格）")
        train.add_argument("--seed", type=int, default=0, help="同一种子得同一模型，默认 0")
        evaluate = deeds.add_parser("evaluate", help="五折交叉检验，打印报告")
        evaluate.add_argument("file", type=Path, help="CSV 或 CSV.GZ：subject、detail、label")
        evaluate.add_argument("--folds", type=int, default=5, help="几折，默认 5")
        evaluate.add_argument("--seed", type=int, default=0, help="分折的种子，默认 0")
        predict = deeds.add_parser("predict", help="给每一行加上 label、confidence、alternatives")
        predict.add_argument("file", type=Path, metavar="IN", help="CSV 或 CSV.GZ：subject、detail")
        predict.add_argument("out", type=Path, metavar="OUT", help="写到哪里，.csv 或 .csv.gz")
        predict.add_argument("--model", type=Path, help="用这个模型文件；不写就用在用的模型或规则")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            {"train": self._train, "evaluate": self._evaluate, "predict": self._predict}[
                options["deed"]
            ](options)
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal

    def _train(self, options: dict[str, Any]) -> None:
        if bool(options["file"]) == options["from_cases"]:
            raise CommandError(_("请写一个表格文件，或写 --from-cases"))
        if options["model"] and options["from_cases"]:
            raise CommandError(_("--model 只能和表格一起用"))
        if options["from_cases"]:
            self._told(triage_learning.from_cases(options["what"], self._say))
            return
        table = triage_tables.read(options["file"], "label")
        if options["model"]:
            began = time.monotonic()
            labels = triage_learning.to_file(table, options["model"], options["seed"], self._say)
            self.stdout.write(
                _("已训练：%(rows)d 条，%(labels)d 个标签，用时 %(seconds).0f 秒，写到 %(path)s")
                % {
                    "rows": len(table.rows),
                    "labels": labels,
                    "seconds": time.monotonic() - began,
                    "path": options["model"],
                }
            )
            return
        self._told(triage_learning.from_table(table, options["what"], self._say))

    def _told(self, trained: triage_learning.Trained) -> None:
        self.stdout.write(
            _(
                "已训练：%(examples)d 件，%(labels)d 个标签；最新 %(held)d 件上 %(right).1f%% 正确，原来 %(before).1f%%"
            )
            % {
                "examples": trained.row.examples,
                "labels": trained.row.labels,
                "held": trained.held_out,
                "right": 100 * trained.right,
                "before": 100 * trained.right_before,
            }
        )
        if trained.left_out:
            self.stdout.write(
                _("样本不足 3 件、没有学的标签：%s") % "、".join(trained.left_out[:20])
            )
        self.stdout.write(_("已启用。") if trained.row.in_force else _("不如在用的，没有启用。"))

    def _evaluate(self, options: dict[str, Any]) -> None:
        if not 2 <= options["folds"] <= 50:
            raise CommandError(_("--folds 在 2 到 50 之间"))
        table = triage_tables.read(options["file"], "label")
        began = time.monotonic()
        evaluation = triage_learning.evaluated(table, options["folds"], options["seed"], self._say)
        seconds = time.monotonic() - began
        self.stdout.write(report(options["file"].name, len(table.rows), evaluation, seconds))

    def _predict(self, options: dict[str, Any]) -> None:
        table = triage_tables.read(options["file"])
        chosen = triage_learning.predictor(options["model"])
        self.stderr.write(chosen.words)
        messages = table.messages()
        added = triage_learning.new_columns(table.header)
        with triage_tables.writing(options["out"]) as rows:
            rows.writerow([*table.header, *added])
            for begin in range(0, len(messages), _BATCH):
                part = slice(begin, begin + _BATCH)
                predictions = chosen.predict(messages[part])
                for row, prediction in zip(table.rows[part], predictions, strict=True):
                    rows.writerow([*row, *triage_learning.cells(prediction, chosen.names)])
                self._progress(min(begin + _BATCH, len(messages)), len(messages))
        self.stdout.write(
            _("%(count)d 条，写到 %(path)s") % {"count": len(messages), "path": options["out"]}
        )

    def _progress(self, done: int, total: int) -> None:
        if total > _BATCH and (done == total or done % (10 * _BATCH) == 0):
            self._say(_("%(done)d / %(total)d") % {"done": done, "total": total})

    def _say(self, words: str) -> None:
        self.stderr.write(f"    {words}")
        self.stderr.flush()
