"""Cases that lie in wait together are advised together, and each as it would be alone."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gezhi.ground.jobs.models import Task
from gezhi.ground.jobs.worker import Worker
from gezhi.kernel import clock
from gezhi.records.places import gazetteers
from gezhi.work.cases import actions
from gezhi.work.cases.tests.playing import Play
from gezhi.work.triage import likeness, predictions
from gezhi.work.triage.models import Advice, AdviceWords, Alias, Fingerprint
from gezhi.work.triage.predictions import advise_case, advise_cases
from gezhi.work.triage.tests.speaking import messages
from tests.cast import Cast

SAID = (
    "桐花苑1栋门口的路灯坏了三天，晚上一片漆黑",
    "桐花苑1栋门口路灯坏了好几天了，晚上漆黑",
    "小区门口垃圾桶满溢，垃圾堆在路边好几天没人清运",
    "请问什么时候能办居住证",
    "？",
    "夜间施工扰民，噪音太大",
)


def _places(cast: Cast) -> list[dict[str, Any]]:
    longitude, latitude = cast.street.point
    return [
        {},
        {"where": actions.Where(words="桐花苑1栋旁边", words_only=True)},
        {"where": actions.Where(longitude=longitude, latitude=latitude, words="3栋门口")},
        {"where": actions.Where()},
        {"class_code": "component-0101"},
    ]


def _reported(cast: Cast, count: int, seed: int) -> list[int]:
    """Cases of all sorts: new, accepted, ended, of a point, of words only, of no place."""
    dice = random.Random(seed)
    said = [*SAID, *(text for text, _kind in messages(2))]
    ids = []
    for _number in range(count):
        play = Play(cast).report(text=dice.choice(said), **dice.choice(_places(cast)))
        if dice.random() < 0.2:
            play.accept()
        ids.append(play.case.pk)
        clock.advance(timedelta(minutes=dice.randrange(90)))
    dice.shuffle(ids)
    return ids


def _written() -> dict[tuple[int, str], tuple[Any, ...]]:
    """Everything advised, but for ids and moments."""
    words = dict(AdviceWords.objects.values_list("advice_id", "words"))
    return {
        (row.case_id, row.what): (
            row.district_id,
            row.street_id,
            row.method,
            row.trained_model_id,
            row.label,
            row.confidence,
            row.abstained,
            row.alternatives,
            words.get(row.pk),
        )
        for row in Advice.objects.all()
    }


def _fingerprints() -> dict[int, tuple[Any, ...]]:
    return {
        row.case_id: (bytes(row.content), row.moment, row.longitude, row.compound_id)
        for row in Fingerprint.objects.all()
    }


def _forget() -> None:
    Advice.objects.all().delete()
    Fingerprint.objects.all().delete()
    Alias.objects.all().delete()
    likeness.forget()
    gazetteers.forget()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("rounds", [1, 2], ids=["anew", "over what is there"])
def test_a_batch_is_advised_as_one_after_the_other(cast: Cast, seed: int, rounds: int) -> None:
    ids = _reported(cast, 16, seed)
    alone = [[advise_case(pk) for pk in ids] for _round in range(rounds)]
    wanted, marked = _written(), _fingerprints()
    assert {what for _case, what in wanted} >= {"class", "kind", "same"}
    _forget()
    together = [advise_cases(ids) for _round in range(rounds)]
    assert _written() == wanted
    assert _fingerprints() == marked
    assert [[one.written for one in advised] for advised in together] == alone


def test_the_later_of_two_in_a_batch_is_told_of_the_earlier(cast: Cast) -> None:
    first = Play(cast).report(text=SAID[0]).case.pk
    second = Play(cast).report(text=SAID[1]).case.pk
    advise_cases([first, second])
    assert Advice.objects.get(case=second, what="same").label == str(first)
    assert not Advice.objects.filter(case=first, what="same").exists()
    # What the process knew before it was written is not taken for unknown afterwards.
    memory = likeness.memory_of(cast.street.district.pk)
    assert len(memory) == 2
    third = Play(cast).report(text=SAID[1]).case.pk
    advise_case(third)
    assert len(memory) == 3


def test_a_batch_costs_hardly_more_statements_than_one_case(cast: Cast) -> None:
    ids = [Play(cast).report(text=SAID[number % 2]).case.pk for number in range(21)]
    with CaptureQueriesContext(connection) as one:
        advise_cases(ids[:1])
    with CaptureQueriesContext(connection) as twenty:
        advise_cases(ids[1:])
    # The look for the same case asks at each case in a test, five times a second else.
    asked = [query["sql"] for query in twenty if 'FROM "triage_fingerprint"' not in query["sql"]]
    assert len(asked) <= len(one) + 4


def test_a_part_that_fails_for_one_case_keeps_nothing_of_the_others(
    cast: Cast, monkeypatch: Any
) -> None:
    ids = [Play(cast).report(text=SAID[0]).case.pk for _number in range(3)]
    kind = predictions.PARTS["kind"]

    def fails(case: Any, *others: Any) -> Any:
        if case.pk == ids[1]:
            raise RuntimeError("broken")
        return kind(case, *others)

    monkeypatch.setitem(predictions.PARTS, "kind", fails)
    advised = advise_cases(ids)
    assert [type(one.failed) for one in advised] == [type(None), RuntimeError, type(None)]
    for pk in ids:
        assert Advice.objects.filter(case=pk, what="class").exists()
    assert not Advice.objects.filter(case=ids[1], what="kind").exists()
    assert Advice.objects.filter(case__in=ids, what="kind").count() == 2


def test_a_rush_is_advised_in_batches_and_what_failed_is_tried_again_alone(
    cast: Cast, monkeypatch: Any, run_tasks: Callable[[], int]
) -> None:
    ids = [Play(cast).report(text=SAID[0]).case.pk for _number in range(3)]
    asked: list[int] = []

    def fails_at_first(case: Any, *others: Any) -> None:
        asked.append(case.pk)
        if asked == ids[:2]:
            raise RuntimeError("broken")

    monkeypatch.setitem(predictions.PARTS, "class", fails_at_first)
    assert run_tasks() == 3
    states = dict(Task.objects.values_list("arguments__case_id", "state"))
    assert states == {ids[0]: "done", ids[1]: "waiting", ids[2]: "done"}
    clock.advance(timedelta(minutes=1))
    assert Worker().run_all() == 1
    assert asked == [*ids, ids[1]]
    assert not Task.objects.exclude(state="done").exists()


def test_a_case_accepted_while_its_advice_was_made_is_not_advised_on_what_was_chosen(
    cast: Cast, monkeypatch: Any
) -> None:
    slow = Play(cast).report(text=SAID[0])
    other = Play(cast).report(text=SAID[2])

    def accepts(case: Any, *_others: Any) -> None:
        if case.pk == other.case.pk:
            slow.accept()

    monkeypatch.setitem(predictions.PARTS, "place", accepts)
    first, second = advise_cases([slow.case.pk, other.case.pk])
    assert isinstance(first.failed, predictions.MovedOn)
    assert second.failed is None
    assert not Advice.objects.filter(case=slow.case).exists()
    assert Advice.objects.filter(case=other.case, what="class").exists()


def test_unknown_and_ended_cases_are_passed_over(cast: Cast) -> None:
    ended = Play(cast).until("closed")
    case = Play(cast).report(text=SAID[0]).case
    advised = advise_cases([1, ended.case.pk, case.pk])
    assert [bool(one.written) for one in advised] == [False, False, True]
    assert advise_cases([]) == []
