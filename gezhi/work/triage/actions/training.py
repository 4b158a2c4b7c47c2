"""Training a model and putting it in force; in a worker or a command, never in a web process."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.kernel.errors import Invalid, NotPermitted
from gezhi.kernel.ids import new_id
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.methods.classify import Model, Prediction
from gezhi.work.triage import loading
from gezhi.work.triage.fitting import fitted, lay_down
from gezhi.work.triage.history import Lesson, lessons
from gezhi.work.triage.models import TrainedModel
from gezhi.work.triage.predictor import rules_of
from gezhi.work.triage.rules import LEARNT

LEAST_EXAMPLES = 50
MOST_HELD_OUT = 2_000
# A label seen so rarely can be neither learnt nor checked.
LEAST_OF_A_LABEL = 3
# A new version may be this much worse on the newest fifth before it stays out of force.
MAY_LOSE = 0.01

Say = Callable[[str], None]


class Predictor(Protocol):
    """A model, or the rules of the packs."""

    def predict(self, messages: Sequence[tuple[str, str]]) -> list[Prediction]: ...


@dataclass(frozen=True, slots=True)
class Trained:
    """What came of a training: shares right on the newest fifth, by the new and by what was."""

    row: TrainedModel
    held_out: int
    right: float
    right_before: float
    left_out: tuple[str, ...]


def train_from_cases(
    *, what: str, by: Viewer, district_id: int, progress: Say | None = None
) -> Trained:
    """Train from the office's own cases; refuses what `train` refuses."""
    return train(
        what=what,
        examples=lessons(district_id, what),
        by=by,
        district_id=district_id,
        progress=progress,
    )


def train(
    *,
    what: str,
    examples: Sequence[Lesson],
    by: Viewer,
    district_id: int,
    progress: Say | None = None,
) -> Trained:
    """Train on the examples (the oldest first), judge on the newest fifth, keep, put in force.

    It comes in force unless it is more than a point worse on that fifth than what is in force now;
    then it is kept for the record. Refuses (NotPermitted) all but supervisors and commands,
    (Invalid) fewer than 50 examples, fewer than two labels, or a label no pack or unit knows.
    """
    if not (by.is_system or by.may(Right.TUNE_ADVICE)):
        raise NotPermitted(_("训练由值班长发起"))
    if what not in LEARNT:
        raise Invalid(_("没有这一类建议"), field="what")
    kept, left_out = _usable(examples)
    with codes.steady():
        measures = _judged(kept, what, district_id, progress)
        model = fitted(kept, progress=progress)
        row = _kept(model, what, kept, measures, by, district_id)
    return Trained(
        row,
        int(measures["held_out"]),
        measures["right"],
        measures["right_before"],
        left_out,
    )


def _usable(examples: Sequence[Lesson]) -> tuple[list[Lesson], tuple[str, ...]]:
    counts: dict[str, int] = {}
    for one in examples:
        counts[one.label] = counts.get(one.label, 0) + 1
    rare = {label for label, count in counts.items() if count < LEAST_OF_A_LABEL}
    kept = [one for one in examples if one.label not in rare]
    if len(kept) < LEAST_EXAMPLES or len({one.label for one in kept}) < 2:
        raise Invalid(
            _("能学的事例只有 %(count)d 件：至少要 %(least)d 件，两个以上类别，每类 3 件")
            % {"count": len(kept), "least": LEAST_EXAMPLES},
            field="examples",
        )
    return kept, tuple(sorted(rare))


def _judged(
    examples: list[Lesson], what: str, district_id: int, progress: Say | None
) -> dict[str, float]:
    """Shares right on the newest fifth: of a model of the rest, and of what is in force."""
    held = min(MOST_HELD_OUT, len(examples) // 5)
    older, newest = examples[:-held], examples[-held:]
    before = loading.model_in_force(district_id, what)
    predictor = before.model if before else rules_of(what)
    right_before = _share_right(predictor, newest) if predictor else 0.0
    right = 0.0
    if len({one.label for one in older}) >= 2:
        if progress:
            progress(_("留出最新的 %(held)d 件来检验") % {"held": held})
        right = _share_right(fitted(older, progress=progress), newest)
    return {"held_out": held, "right": right, "right_before": right_before}


def _share_right(predictor: Predictor, examples: Sequence[Lesson]) -> float:
    messages = [(one.subject, one.detail) for one in examples]
    predictions = predictor.predict(messages)
    hits = sum(
        1 for said, one in zip(predictions, examples, strict=True) if said.label == one.label
    )
    return round(hits / len(examples), 4)


def _kept(
    model: Model,
    what: str,
    examples: Sequence[Lesson],
    measures: dict[str, float],
    by: Viewer,
    district_id: int,
) -> TrainedModel:
    model_id = new_id()
    path = loading.path_of(model_id, what, district_id)
    lay_down(model, path)
    better = measures["right"] >= measures["right_before"] - MAY_LOSE
    with transaction.atomic():
        if better:
            TrainedModel.objects.filter(district_id=district_id, what=what, in_force=True).update(
                in_force=False
            )
        row = TrainedModel.objects.create(
            id=model_id,
            district_id=district_id,
            what=what,
            trained_at=clock.now(),
            trained_by=by.user_id,
            examples=len(examples),
            labels=len({one.label for one in examples}),
            measures=measures,
            digest=loading.digest_of(path),
            in_force=better,
        )
        audit.record(
            by=by,
            verb="triage.train",
            subject_kind="trained_model",
            subject_id=row.pk,
            detail={"what": what, "examples": len(examples), "in_force": better, **measures},
        )
    return row
