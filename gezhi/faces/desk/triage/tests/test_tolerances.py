"""/desk/advice/value/tolerances/: what error the office bears, and learning anew."""

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.ground.jobs.models import Task
from gezhi.kernel import clock
from gezhi.work.triage.models import Tolerance, TrainedModel

PAGE = "advice/value/tolerances/"


def test_until_somebody_sets_it_three_in_a_hundred_may_be_wrong(cast, desk_of):
    page = text_of(desk_of(cast.supervisor).get(PAGE))
    assert page.count("现在：每一百件建议最多错 3 件") == 3
    assert page.count("还没有学过本单位的事") == 3


def test_the_supervisor_sets_what_error_is_borne(cast, desk_of):
    desk = desk_of(cast.supervisor)
    answer = desk.post("advice/value/class/tolerance/", percent="5")
    assert answer.status_code == 303
    assert Tolerance.objects.get().error == pytest.approx(0.05)
    page = text_of(desk.client.get(answer.headers["Location"]))
    assert "类别建议每一百件最多错 5 件" in page
    assert "现在：每一百件建议最多错 5 件" in page


@pytest.mark.parametrize("typed", ["0", "11", "很多", ""])
def test_a_refused_figure_comes_back_with_a_reason(cast, desk_of, typed):
    answer = desk_of(cast.supervisor).post("advice/value/kind/tolerance/", percent=typed)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in text_of(answer) or 'class="error"' in text_of(answer)
    assert not Tolerance.objects.exists()


def test_the_supervisor_asks_to_learn_anew(cast, desk_of):
    answer = desk_of(cast.supervisor).post("advice/value/class/train/")
    assert answer.status_code == 303
    assert Task.objects.filter(path__contains="triage", key__contains="triage.train").exists()


def test_what_was_learnt_is_said(cast, desk_of):
    TrainedModel.objects.create(
        district_id=cast.street.district.pk, what="class", trained_at=clock.now(), examples=420,
        labels=12, measures={"right": 0.875}, digest="0" * 64, in_force=True,
    )  # fmt: skip
    page = text_of(desk_of(cast.wang).get(PAGE))
    assert "学过本单位 420 件、12 类；拿最新的事考它，87.5% 对" in page


def test_a_leader_reads_and_sets_nothing(cast, desk_of):
    desk = desk_of(cast.wang)
    assert "由值班长来定" in text_of(desk.get(PAGE))
    assert desk.post("advice/value/class/tolerance/", percent="5").status_code == 404
    assert desk.post("advice/value/class/train/").status_code == 404


def test_an_unknown_question_does_not_exist(cast, desk_of):
    desk = desk_of(cast.supervisor)
    assert desk.post("advice/value/nothing/tolerance/", percent="5").status_code == 404
    assert desk.post("advice/value/nothing/train/").status_code == 303
    assert not Task.objects.filter(key__contains="triage.train").exists()


@pytest.mark.parametrize("name", ["acceptor", "zhang", "handler", "li"])
def test_others_have_no_such_page(cast, desk_of, name):
    assert desk_of(getattr(cast, name)).get(PAGE).status_code == 404
