"""A new case is advised behind its back: one task row, then class, unit and the same cases."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from gezhi.ground.jobs.models import Task
from gezhi.work.cases import actions
from gezhi.work.cases.tests.playing import Play
from gezhi.work.triage.models import Advice, Fingerprint
from gezhi.work.triage.predictions import advise_case
from gezhi.work.triage.queries import advice_for_case
from tests.cast import Cast

RUBBISH = "小区门口垃圾桶满溢，垃圾堆在路边好几天没人清运"


def test_a_report_costs_one_insert_more(play: Play) -> None:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        play.report()
    ours = [one["sql"] for one in seen if "triage" in one["sql"]]
    assert len(ours) == 1 and ours[0].startswith("INSERT INTO")
    assert Task.objects.filter(key=f"triage.advise:{play.case.pk}").count() == 1


def test_a_report_that_joins_is_not_advised(play: Play) -> None:
    play.report()
    actions.join(intake=play.intake(), case=play.case, by=play.stranger, key="join-0001")
    assert Task.objects.filter(path="gezhi.work.triage.tasks.advise").count() == 1


def test_a_fresh_install_advises_by_the_packs_words(
    play: Play, run_tasks: Callable[[], int]
) -> None:
    play.report(text=RUBBISH)
    run_tasks()
    advice = advice_for_case(play.cast.acceptor.viewer, play.case)
    assert advice.of_class is not None
    assert advice.of_class.method == "rules"
    assert advice.of_class.alternatives
    assert Fingerprint.objects.filter(case=play.case).exists()
    assert not Task.objects.filter(state="failed").exists()


def test_advice_comes_too_late_for_a_case_that_was_accepted(play: Play) -> None:
    play.report(text=RUBBISH).accept()
    advise_case(play.case.pk)
    assert not Advice.objects.filter(case=play.case, what__in=("class", "kind")).exists()


def test_advising_twice_leaves_one_row_a_question(play: Play) -> None:
    play.report(text=RUBBISH)
    advise_case(play.case.pk)
    first = set(Advice.objects.values_list("case", "what"))
    advise_case(play.case.pk)
    assert set(Advice.objects.values_list("case", "what")) == first
    assert Advice.objects.count() == len(first)


def test_whoever_may_not_see_the_case_is_told_nothing_of_its_advice(play: Play) -> None:
    play.report(text=RUBBISH)
    advise_case(play.case.pk)
    for name in ("zhao", "he", "tang", "system_administrator"):
        assert advice_for_case(getattr(play.cast, name).viewer, play.case).rows == (), name
    assert advice_for_case(play.stranger, play.case).rows == ()
    assert advice_for_case(play.cast.zhang.viewer, play.case).rows != ()


def test_a_report_of_no_known_place_is_advised_too(cast: Cast) -> None:
    play = Play(cast).report(text="？", where=actions.Where())
    assert isinstance(advise_case(play.case.pk), list)
