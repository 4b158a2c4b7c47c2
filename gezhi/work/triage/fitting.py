"""Learning a model from lessons and laying it on disk; only workers and commands come here."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from gezhi.kernel.errors import Invalid
from gezhi.methods.classify import Evaluation, Model
from gezhi.work.triage.history import Lesson

Say = Callable[[str], None]


def fitted(examples: Sequence[Lesson], *, seed: int = 0, progress: Say | None = None) -> Model:
    """The model of these lessons; refuses (Invalid) what no difference can be learnt from."""
    # Only whoever trains imports what training needs.
    from gezhi.methods.classify.train import Example, TooFew, train

    told = [Example(one.subject, one.detail, one.label) for one in examples]
    try:
        return train(told, seed=seed, progress=progress)
    except TooFew as error:
        raise Invalid(str(error), field="examples") from error


def evaluated(
    examples: Sequence[Lesson], *, folds: int, seed: int = 0, progress: Say | None = None
) -> Evaluation:
    """Figures over folds that near-duplicates do not cross; refuses (Invalid) as `fitted` does,
    and fewer than two lessons a fold."""
    from gezhi.methods.classify.train import Example, TooFew, cross_validate

    if len(examples) < 2 * folds:
        raise Invalid(_("只有 %d 条带标签的留言，做不了交叉检验") % len(examples), field="examples")
    told = [Example(one.subject, one.detail, one.label) for one in examples]
    try:
        return cross_validate(told, folds=folds, seed=seed, progress=progress)
    except TooFew as error:
        raise Invalid(str(error), field="examples") from error


def lay_down(model: Model, path: Path) -> None:
    """The whole file or none: a worker stopped half way leaves nothing that looks like a model."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    aside = path.with_name(f"{path.stem}.part.npz")
    model.save(aside)
    os.replace(aside, path)
