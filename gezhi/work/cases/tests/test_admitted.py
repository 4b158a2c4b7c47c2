"""What is let in to a community is told to it, and every answer to the unit that asked; once each."""

from datetime import timedelta

import pytest

from gezhi.ground.jobs import actions as jobs
from gezhi.ground.notices.models import Notice
from gezhi.kernel import clock
from gezhi.records.duties import actions
from gezhi.records.duties.models import Admission
from gezhi.work.cases.admitted import tell_of_admission
from gezhi.work.cases.tests.playing import a_class

pytestmark = pytest.mark.django_db


def _asked(cast):
    (row,) = actions.ask_admission(
        unit=cast.street.sanitation, offices=[cast.street.office], class_code=a_class(),
        matter="登记院落垃圾桶", by=cast.handler.viewer,
    )  # fmt: skip
    return row


def _told(row):
    for _again in range(2):
        tell_of_admission(row.pk, row.state)
    return set(Notice.objects.filter(kind__startswith="admission_").values_list("user_id", "kind"))


def test_a_refusal_is_told_to_the_unit_alone(cast):
    told = _told(_asked(cast))
    assert (cast.handler.user_id, "admission_refused") in told
    assert {kind for _user, kind in told} == {"admission_refused"}


def test_what_the_street_lets_in_is_told_to_the_community_and_to_the_unit(cast):
    row = actions.allow_admission(
        admission=_asked(cast), reason="纪要", until=clock.today() + timedelta(days=9),
        by=cast.supervisor.viewer,
    )  # fmt: skip
    assert row == Admission.objects.get()
    told = _told(row)
    assert (cast.li.user_id, "admission_comes") in told
    assert (cast.handler.user_id, "admission_let_in") in told
    assert (cast.sun.user_id, "admission_comes") not in told
    assert Notice.objects.filter(kind__startswith="admission_").count() == len(told)


def test_the_answer_leaves_one_task_for_each_state(cast, monkeypatch):
    sent = []
    monkeypatch.setattr(jobs, "enqueue", lambda _task, **given: sent.append(given["state"]))
    row = _asked(cast)
    actions.allow_admission(
        admission=row, reason="纪要", until=clock.today(), by=cast.supervisor.viewer
    )
    assert sent == ["refused", "allowed"]
