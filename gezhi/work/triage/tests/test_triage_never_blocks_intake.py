"""Whatever is missing, slow or broken in triage, a report gets its receipt and the case goes on."""

import time
from pathlib import Path
from typing import Any

import pytest

from gezhi.ground.codes.models import Pack
from gezhi.ground.jobs.models import Task
from gezhi.ground.jobs.worker import Worker
from gezhi.kernel import clock
from gezhi.work.cases.tests.playing import Play
from gezhi.work.triage import likeness, loading, predictions, predictor
from gezhi.work.triage.models import Advice, TrainedModel
from gezhi.work.triage.queries import advice_for_case, similar_to
from tests.cast import Cast


class Broken:
    """A model that fails at every question."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError("broken")


def _fails(*_: Any, **__: Any) -> Any:
    raise RuntimeError("broken")


def _work() -> None:
    Task.objects.exclude(path__startswith="gezhi.work.triage.").delete()
    Worker().run_all()


def _in_force(cast: Cast) -> TrainedModel:
    return TrainedModel.objects.create(
        district_id=cast.street.district.pk,
        what="class",
        trained_at=clock.now(),
        examples=100,
        labels=2,
        digest="0" * 64,
        in_force=True,
    )


def test_no_model_and_no_pack_still_give_a_receipt_and_no_failed_task(cast: Cast) -> None:
    Pack.objects.filter(name="matters").update(in_force=False)
    play = Play(cast).report()
    _work()
    assert play.receipt.number
    assert advice_for_case(cast.acceptor.viewer, play.case).of_class is None
    assert not Task.objects.filter(state="failed").exists()


def test_a_model_whose_file_is_gone_leaves_the_rules(
    cast: Cast, tmp_path: Path, settings: Any
) -> None:
    settings.GEZHI_HOME = tmp_path
    _in_force(cast)
    play = Play(cast).report(text="路灯不亮")
    _work()
    assert Advice.objects.get(case=play.case, what="class").method == "rules"


def test_a_model_that_stumbles_leaves_the_rules(cast: Cast, monkeypatch: Any) -> None:
    broken: Any = Broken()
    loaded = loading.Loaded(_in_force(cast).pk, broken)
    monkeypatch.setattr(loading, "model_in_force", lambda *_: loaded)
    play = Play(cast).report(text="路灯不亮")
    _work()
    assert Advice.objects.get(case=play.case, what="class").method == "rules"


def test_one_advice_that_fails_keeps_none_of_the_others(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setitem(predictions.PARTS, "class", _fails)
    play = Play(cast).report(text="路灯不亮，请问什么时候能修")
    _work()
    assert Advice.objects.filter(case=play.case, what="kind").exists()
    task = Task.objects.get(key=f"triage.advise:{play.case.pk}")
    assert task.state == "waiting" and task.attempts == 1
    play.accept().dispatch().take().finish().check().close()


def test_a_case_is_closed_whether_advice_was_made_or_not(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(predictor.Predictor, "ask", _fails)
    play = Play(cast).until("closed")
    _work()
    assert play.case.state == "closed"
    assert not Advice.objects.exists()


def test_a_slow_look_for_the_same_matter_gives_up(cast: Cast, monkeypatch: Any) -> None:
    play = Play(cast).report(text="路灯不亮，晚上一片漆黑")
    predictions.advise_case(play.case.pk)
    likeness.forget()

    def slowly(self: likeness.Memory) -> None:
        time.sleep(0.05)

    monkeypatch.setattr(likeness.Memory, "_take_older", slowly)
    began = time.monotonic()
    found = similar_to(
        cast.acceptor.viewer, cast.street.district.pk, "路灯不亮，晚上漆黑", patience=0.1
    )
    assert found == []
    assert time.monotonic() - began < 2.0


def test_a_look_while_another_is_loading_does_not_queue_behind_it(cast: Cast) -> None:
    memory = likeness.memory_of(cast.street.district.pk)
    with memory._lock:
        found = similar_to(cast.acceptor.viewer, cast.street.district.pk, "路灯不亮", patience=0.02)
    assert found == []


@pytest.mark.parametrize(
    "text",
    ["？", "😀😀😀", "路" * 4000, "<script>alert(1)</script>", "路燈不亮", "the lamp is out"],
)
def test_odd_words_are_advised_without_a_failed_task(cast: Cast, text: str) -> None:
    Play(cast).report(text=text)
    _work()
    assert not Task.objects.exclude(state="done").exists()
    assert all(0 <= row.confidence <= 1 for row in Advice.objects.all())
