"""Learning from the office's own cases: what teaches, what comes in force, what never blocks."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from gezhi.ground.audit.models import Entry
from gezhi.ground.jobs.models import Task
from gezhi.kernel.errors import Invalid, NotPermitted
from gezhi.kernel.viewer import Viewer
from gezhi.methods.classify import Model
from gezhi.work.cases import actions as cases
from gezhi.work.cases.tests.playing import Play
from gezhi.work.triage import actions, fitting, loading
from gezhi.work.triage.actions import training
from gezhi.work.triage.history import Lesson, lessons
from gezhi.work.triage.models import Advice, TrainedModel
from gezhi.work.triage.predictions import advise_case
from gezhi.work.triage.queries import advice_for_case, trained_models
from gezhi.work.triage.tests.speaking import messages
from tests.cast import Cast

LIGHT, RUBBISH = "component-0101", "component-0102"
CODES = {"路灯": LIGHT, "垃圾": RUBBISH, "噪音": "component-0103"}


@pytest.fixture(scope="module", autouse=True)
def the_same_lessons_are_learnt_once() -> Iterator[None]:
    """Fitting takes seconds and gives the same for the same lessons (test_model shows it)."""
    known: dict[tuple[Lesson, ...], Model] = {}

    def fitted(examples: Sequence[Lesson], **options: Any) -> Model:
        lessons = tuple(examples)
        if lessons not in known:
            known[lessons] = fitting.fitted(lessons, **options)
        return known[lessons]

    with mock.patch.object(training, "fitted", fitted):
        yield


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    settings.GEZHI_HOME = tmp_path
    return tmp_path


def _examples(count: int = 30) -> list[Lesson]:
    return [Lesson("", text, CODES[kind]) for text, kind in messages(count)]


def _trained(cast: Cast, **changes: Any) -> actions.Trained:
    fields: dict[str, Any] = {
        "what": "class",
        "examples": _examples(),
        "by": cast.supervisor.viewer,
        "district_id": cast.street.district.pk,
    }
    return actions.train(**{**fields, **changes})


def test_a_trained_model_comes_in_force_and_advises(cast: Cast, home: Path) -> None:
    trained = _trained(cast)
    assert trained.row.in_force and trained.right == 1.0
    play = Play(cast).report(text="河边路灯坏了，晚上一片漆黑")
    advise_case(play.case.pk)
    advice = advice_for_case(cast.acceptor.viewer, play.case).of_class
    assert advice is not None
    assert (advice.code, advice.method) == (LIGHT, "model")
    assert advice.words
    assert Entry.objects.filter(verb="triage.train", subject_id=trained.row.pk).exists()
    assert [one.id for one in trained_models(cast.supervisor.viewer)] == [trained.row.pk]


def test_a_worse_model_is_kept_but_stays_out_of_force(cast: Cast, home: Path) -> None:
    first = _trained(cast)
    good = _examples()
    # The older four fifths teach the contrary of what the newest fifth says.
    turned = [
        Lesson(one.subject, one.detail, RUBBISH if one.label == LIGHT else LIGHT)
        for one in good[:72]
    ]
    second = _trained(cast, examples=turned + good[72:])
    assert not second.row.in_force
    assert TrainedModel.objects.get(in_force=True).pk == first.row.pk


def test_too_little_to_learn_from_is_refused(cast: Cast, home: Path) -> None:
    with pytest.raises(Invalid):
        _trained(cast, examples=_examples(5))
    with pytest.raises(Invalid):
        _trained(cast, examples=[one for one in _examples(60) if one.label == LIGHT])
    assert not TrainedModel.objects.exists()


def test_only_supervisors_and_commands_train(cast: Cast, home: Path) -> None:
    for name in ("acceptor", "wang", "system_administrator"):
        with pytest.raises(NotPermitted):
            _trained(cast, by=getattr(cast, name).viewer)
        with pytest.raises(NotPermitted):
            actions.ask_training(what="class", by=getattr(cast, name).viewer)
    assert _trained(cast, by=Viewer.system("terminal")).row.pk


def test_asking_twice_in_an_hour_writes_one_task(cast: Cast) -> None:
    actions.ask_training(what="unit", by=cast.supervisor.viewer)
    actions.ask_training(what="unit", by=cast.supervisor.viewer)
    assert Task.objects.filter(path="gezhi.work.triage.tasks.train").count() == 1


def test_accepting_teaches_the_class_and_sending_teaches_the_unit(cast: Cast) -> None:
    play = Play(cast).report(text="路灯不亮").accept(class_code=LIGHT)
    district_id = cast.street.district.pk
    assert [(one.detail, one.label) for one in lessons(district_id, "class")] == [
        ("路灯不亮", LIGHT)
    ]
    assert [one.label for one in lessons(district_id, "kind")] == ["complaint"]
    assert lessons(district_id, "unit") == []
    play.dispatch()
    assert [one.label for one in lessons(district_id, "unit")] == [str(cast.street.sanitation.pk)]


def test_what_was_turned_down_or_merged_teaches_nothing(cast: Cast) -> None:
    first = Play(cast).report().accept(class_code=LIGHT)
    second = Play(cast).report().accept(class_code=RUBBISH)
    second.do(cases.merge, cast.acceptor.viewer, into=first.receipt.case_number)
    third = Play(cast).report(class_code=RUBBISH)
    third.do(cases.reject, cast.acceptor.viewer, reason_code="not_government", words="请找物业")
    assert [one.label for one in lessons(cast.street.district.pk, "class")] == [LIGHT]


def test_a_sending_that_was_returned_teaches_nothing(cast: Cast) -> None:
    play = Play(cast).report().accept().dispatch()
    play.do(
        cases.return_to_centre,
        cast.handler.viewer,
        reason_code="not_our_area",
        duty_id=None,
        right_unit_id=cast.street.water.pk,
        words="属供水",
    )
    assert lessons(cast.street.district.pk, "unit") == []


@pytest.mark.parametrize("harm", ["missing", "broken", "another"])
def test_a_case_goes_on_without_a_model_that_cannot_be_read(
    cast: Cast, home: Path, harm: str
) -> None:
    row = _trained(cast).row
    path = loading.path_of(row.pk, "class", cast.street.district.pk)
    if harm == "missing":
        path.unlink()
    elif harm == "broken":
        path.write_bytes(b"no model")
    else:
        path.write_bytes(path.read_bytes() + b" ")
    play = Play(cast).report(text="路灯不亮")
    advise_case(play.case.pk)
    assert Advice.objects.get(case=play.case, what="class").method == "rules"


def test_a_new_version_is_taken_up_by_a_process_that_knew_the_old(cast: Cast, home: Path) -> None:
    district_id = cast.street.district.pk
    first = _trained(cast).row
    loaded = loading.model_in_force(district_id, "class")
    assert loaded is not None and loaded.id == first.pk
    second = _trained(cast).row
    loaded = loading.model_in_force(district_id, "class")
    assert loaded is not None and loaded.id == second.pk
