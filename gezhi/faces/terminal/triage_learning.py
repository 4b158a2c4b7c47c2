"""What the command does with a table: train on it, evaluate, choose what to predict with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from gezhi.faces.terminal.triage_tables import Table
from gezhi.ground.codes.folder import read_folder
from gezhi.kernel.errors import Refusal
from gezhi.kernel.viewer import Viewer
from gezhi.methods.classify import Evaluation, KeywordRules, Keywords, Model, Prediction
from gezhi.records.places import queries as places
from gezhi.work.triage import actions, fitting
from gezhi.work.triage.actions import Trained
from gezhi.work.triage.history import Lesson
from gezhi.work.triage.loading import model_in_force
from gezhi.work.triage.queries import codes_of_labels

Say = Callable[[str], None]
_ADDED = ("label", "confidence", "alternatives")
_SHOWN = 12

__all__ = [
    "Chosen",
    "Trained",
    "cells",
    "evaluated",
    "from_cases",
    "from_table",
    "new_columns",
    "predictor",
    "to_file",
]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What predicts, the words that say which it is, and readable names of its labels."""

    predict: Callable[[Sequence[tuple[str, str]]], list[Prediction]]
    words: str
    names: dict[str, str] = field(default_factory=dict)


def from_cases(what: str, say: Say) -> Trained:
    """Train on the office's own cases and put the model in force."""
    district_id = _district()
    by = Viewer.system("terminal", district_id)
    return actions.train_from_cases(what=what, by=by, district_id=district_id, progress=say)


def from_table(table: Table, what: str, say: Say) -> Trained:
    """Train on a table whose labels are codes or names of the office's own; put it in force."""
    district_id = _district()
    by = Viewer.system("terminal", district_id)
    known = codes_of_labels(by, district_id, what)
    labels = [label.strip() for label in table.column("label")]
    unknown = sorted({label for label in labels if label not in known})
    if unknown:
        raise CommandError(
            _("这些标签不是本单位的代码或名称：%(labels)s；只想要一个模型文件，请加 --model")
            % {"labels": "、".join(unknown[:_SHOWN])}
        )
    examples = [
        Lesson(subject, detail, known[label])
        for (subject, detail), label in zip(table.messages(), labels, strict=True)
    ]
    return actions.train(what=what, examples=examples, by=by, district_id=district_id, progress=say)


def to_file(table: Table, path: Path, seed: int, say: Say) -> int:
    """Train on a table and write the model to a file; answers how many labels it knows."""
    model = fitting.fitted(_labelled(table), seed=seed, progress=say)
    try:
        fitting.lay_down(model, path)
    except OSError as error:
        raise CommandError(_("写不了文件：%s") % path) from error
    return len(model.labels)


def evaluated(table: Table, folds: int, seed: int, say: Say) -> Evaluation:
    """Cross-validation over folds that near-duplicates do not cross."""
    return fitting.evaluated(_labelled(table), folds=folds, seed=seed, progress=say)


def _labelled(table: Table) -> list[Lesson]:
    """Rows that bear a label; those without one teach nothing."""
    pairs = zip(table.messages(), table.column("label"), strict=True)
    found = [Lesson(*message, label.strip()) for message, label in pairs if label.strip()]
    if not found:
        raise CommandError(_("表里没有带标签的留言"))
    return found


def predictor(path: Path | None) -> Chosen:
    """The model of a file; without one the model in force, else the rules of the packs."""
    if path is not None:
        return Chosen(_loaded(path).predict, _("用模型文件 %s") % path.name)
    try:
        district_id = _district()
        loaded = model_in_force(district_id, "class")
    except (DatabaseError, CommandError, Refusal):
        loaded = None
    names = _names_of_matters()
    if loaded is not None:
        return Chosen(loaded.model.predict, _("用在用的模型（类别）"), names)
    return Chosen(
        _rules().predict,
        _("还没有训练过：用标准包的关键词规则，把握都不大。训练：gezhi triage train 文件"),
        names,
    )


def _loaded(path: Path) -> Model:
    if not path.is_file():
        raise CommandError(_("没有这个模型文件：%s") % path)
    try:
        return Model.load(path)
    except (ValueError, OSError) as error:
        raise CommandError(_("不是本程序的模型文件：%s") % path.name) from error


def _rules() -> KeywordRules:
    """From the folder of the pack, so that a table can be sorted without a database."""
    rows = read_folder(settings.GEZHI_PACKS / "matters").rows
    parents = {row.parent_code for row in rows}
    return KeywordRules(
        [
            Keywords(row.code, row.name, tuple(str(row.data.get("keywords") or "").split()))
            for row in rows
            if row.dictionary == "matters" and row.code not in parents
        ]
    )


def _names_of_matters() -> dict[str, str]:
    rows = read_folder(settings.GEZHI_PACKS / "matters").rows
    return {row.code: row.name for row in rows if row.dictionary == "matters"}


def _district() -> int:
    return places.default_district().pk


def new_columns(header: list[str]) -> list[str]:
    """The names of the added columns; one that is there already keeps its own."""
    return [f"predicted_{name}" if name in header else name for name in _ADDED]


def cells(prediction: Prediction, names: dict[str, str]) -> list[str]:
    """Label, confidence and the first three with theirs, as cells: `甲:0.9312;乙:0.0421;…`."""
    alternatives = ";".join(
        f"{names.get(label, label)}:{share:.4f}" for label, share in prediction.alternatives
    )
    label = names.get(prediction.label, prediction.label)
    return [label, f"{prediction.confidence:.4f}", alternatives]
