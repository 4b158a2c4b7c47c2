"""/desk/advice/worth/: figures of advice by month, the tolerance, learning anew."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gezhi.faces.desk.tests.conftest import text_of
from gezhi.faces.desk.worth import month_of, share
from gezhi.ground.jobs.models import Task
from gezhi.kernel import clock
from gezhi.work.triage.models import Advice, Tolerance, TrainedModel, Worth


def _advise(play, **changes):
    case = play.case
    fields = {"confidence": 0.9, "label": "event-0102", "method": "model"} | changes
    Advice.objects.create(
        district_id=case.district_id,
        street_id=case.street_id or 0,
        case=case,
        what="class",
        made_at=clock.now(),
        **fields,
    )


def test_a_month_without_advice_says_what_would_stand_here(cast, desk_of):
    page = text_of(desk_of(cast.supervisor).get("advice/worth/"))
    assert "这个月还没有建议" in page
    assert "现在：每一百件建议最多错 3 件" in page


def test_coverage_taken_and_right_stand_with_their_counts(cast, play, another, desk_of):
    moment = clock.now()
    _advise(play.report(), settled_at=moment, taken=True, right=True)
    _advise(another.report(), abstained=True)
    page = text_of(desk_of(cast.wang).get("advice/worth/"))
    assert "50%（1/2）" in page
    assert page.count("100%（1/1）") == 2
    assert "97%" in page


def test_another_month_shows_its_own_figures(cast, play, desk_of):
    with clock.moved_to(clock.now() - timedelta(days=40)):
        _advise(play.report())
        then = f"{clock.today():%Y-%m}"
    desk = desk_of(cast.wang)
    assert "这个月还没有建议" in text_of(desk.get("advice/worth/"))
    assert "1/1" in text_of(desk.get("advice/worth/", month=then))


@pytest.mark.parametrize("typed", ["", "2026-13", "9999-01", "1999-12", "一月", "2026-11-01"])
def test_what_is_no_month_is_this_one(cast, desk_of, typed):
    assert month_of(typed) is None
    assert desk_of(cast.wang).get("advice/worth/", month=typed).status_code == 200


def test_drift_is_a_table_and_a_drawing_with_words(cast, desk_of):
    street = cast.street
    this = clock.today().replace(day=1)
    for month, right in ((date(this.year - (this.month == 1), (this.month - 2) % 12 + 1, 1), 60),
                         (this, 45)):  # fmt: skip
        Worth.objects.create(
            district_id=street.district.pk, street_id=street.street.pk, what="class",
            month=month, cases=100, given=90, settled=90, taken=80, judged=60, right=right,
        )  # fmt: skip
    page = text_of(desk_of(cast.wang).get("advice/worth/"))
    assert "类别正确率，从早到晚：100%、75%" in page


def test_the_supervisor_sets_what_error_is_borne(cast, desk_of):
    desk = desk_of(cast.supervisor)
    answer = desk.post("advice/worth/class/tolerance/", percent="5")
    assert answer.status_code == 303
    assert Tolerance.objects.get().error == pytest.approx(0.05)
    page = text_of(desk.client.get(answer.headers["Location"]))
    assert "类别建议每一百件最多错 5 件" in page
    assert "现在：每一百件建议最多错 5 件" in page


@pytest.mark.parametrize("typed", ["0", "11", "很多", ""])
def test_a_refused_figure_comes_back_with_a_reason(cast, desk_of, typed):
    answer = desk_of(cast.supervisor).post("advice/worth/kind/tolerance/", percent=typed)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in text_of(answer) or 'class="error"' in text_of(answer)
    assert not Tolerance.objects.exists()


def test_the_supervisor_asks_to_learn_anew(cast, desk_of):
    answer = desk_of(cast.supervisor).post("advice/worth/class/train/")
    assert answer.status_code == 303
    assert Task.objects.filter(path__contains="triage", key__contains="triage.train").exists()


def test_what_was_learnt_is_said(cast, desk_of):
    TrainedModel.objects.create(
        district_id=cast.street.district.pk, what="class", trained_at=clock.now(), examples=420,
        labels=12, measures={"right": 0.875}, digest="0" * 64, in_force=True,
    )  # fmt: skip
    page = text_of(desk_of(cast.wang).get("advice/worth/"))
    assert "学过本单位 420 件、12 类；拿最新的事考它，87.5% 对" in page


def test_a_leader_reads_and_sets_nothing(cast, desk_of):
    desk = desk_of(cast.wang)
    assert "由值班长来定" in text_of(desk.get("advice/worth/"))
    assert desk.post("advice/worth/class/tolerance/", percent="5").status_code == 404
    assert desk.post("advice/worth/class/train/").status_code == 404


@pytest.mark.parametrize("name", ["acceptor", "zhang", "handler", "li"])
def test_others_have_no_such_page(cast, desk_of, name):
    assert desk_of(getattr(cast, name)).get("advice/worth/").status_code == 404


def test_an_unknown_question_does_not_exist(cast, desk_of):
    desk = desk_of(cast.supervisor)
    assert desk.post("advice/worth/nothing/tolerance/", percent="5").status_code == 404
    assert desk.post("advice/worth/nothing/train/").status_code == 303
    assert not Task.objects.filter(key__contains="triage.train").exists()


def test_a_share_of_nothing_is_a_dash():
    assert [share(None), share(0.0), share(0.875), share(1.0)] == ["—", "0%", "87.5%", "100%"]


def test_the_page_asks_the_database_thirteen_times_at_most(cast, play, desk_of):
    _advise(play.report(), settled_at=clock.now(), taken=True)
    desk = desk_of(cast.supervisor)
    desk.get("advice/worth/")
    with CaptureQueriesContext(connection) as asked:
        desk.get("advice/worth/")
    assert len(asked) <= 13, "\n".join(one["sql"][-140:] for one in asked.captured_queries)
