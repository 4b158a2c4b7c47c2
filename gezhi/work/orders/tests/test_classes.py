"""Their classes beside ours: a hole that is filled reaches the open cases that fell into it, by a
step of each, and nobody's decision is overruled."""

import pytest

from gezhi.ground.audit.models import Entry
from gezhi.ground.sheets import actions as sheets
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted, Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions as cases
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.tests.playing import Play, fresh_key
from gezhi.work.orders import actions, classes
from gezhi.work.orders.listing import ORDERS
from gezhi.work.orders.models import ClassMatch, Order
from gezhi.work.orders.tests import cities

pytestmark = pytest.mark.django_db

OURS, OTHER = "event-0102", "component-0101"


@pytest.fixture
def hole(cast):
    """Three orders of a class nobody settled, and the row of it."""
    numbers = ("H-1", "H-2", "H-3")
    content = cities.riverside(*(cities.riverside_row(工单编号=number) for number in numbers))
    batch = sheets.look_at(sheet=ORDERS, content=content, by=cast.acceptor.viewer)
    sheets.begin(batch_id=batch.pk, version=0, by=cast.acceptor.viewer)
    return ClassMatch.objects.get()


def case_of(number):
    return Case.objects.get(reports__order__number=number)


def settled(cast, hole, code=OURS):
    return actions.settle(match_id=hole.pk, class_code=code, by=cast.acceptor.viewer)


def accept(cast, number, code=OTHER):
    cases.accept(
        number=case_of(number).number, class_code=code, kind="complaint",
        by=cast.acceptor.viewer, key=fresh_key(),
    )  # fmt: skip


def test_each_open_case_has_the_class_by_a_step_of_its_own_and_its_due_time_stays(cast, hole):
    row, due = settled(cast, hole), case_of("H-1").due_at
    assert classes.open_orders(cast.acceptor.viewer, row) == classes.OpenOrders(3, 0)
    assert actions.class_open(match_id=row.pk, by=cast.acceptor.viewer) == (3, 0)
    case = case_of("H-1")
    step = Step.objects.get(case=case, deed="amend")
    assert (case.class_code, case.due_at, case.state) == (OURS, due, "reported")
    assert step.detail["class"] == OURS
    assert "环境卫生>垃圾清运" in step.words.text
    entry = Entry.objects.get(verb="orders.class_open")
    assert (entry.user_id, entry.detail) == (
        cast.acceptor.viewer.user_id,
        {"class": OURS, "cases": 3},
    )


def test_pressed_again_nothing_is_written(cast, hole):
    row = settled(cast, hole)
    actions.class_open(match_id=row.pk, by=cast.acceptor.viewer)
    steps = Step.objects.count()
    assert actions.class_open(match_id=row.pk, by=cast.acceptor.viewer) == (0, 0)
    assert Step.objects.count() == steps


def test_what_the_acceptor_chose_stands_and_is_told(cast, hole):
    accept(cast, "H-2")
    row = settled(cast, hole)
    assert classes.open_orders(cast.acceptor.viewer, row) == classes.OpenOrders(2, 1)
    actions.class_open(match_id=row.pk, by=cast.acceptor.viewer)
    assert [case_of(number).class_code for number in ("H-1", "H-2", "H-3")] == [OURS, OTHER, OURS]


def test_a_class_settled_wrong_is_put_right_in_the_cases_too(cast, hole):
    row = settled(cast, hole, OTHER)
    actions.class_open(match_id=row.pk, by=cast.acceptor.viewer)
    settled(cast, hole)
    assert actions.class_open(match_id=row.pk, by=cast.acceptor.viewer) == (3, 0)
    assert case_of("H-3").class_code == OURS


def test_a_case_an_order_only_joined_keeps_its_class(cast, hole):
    other = Play(cast).report(class_code=OTHER)
    text = (
        "工单编号,受理号,分类,内容,办结时限\n"
        f"H-4,{other.receipt.number},环境卫生>垃圾清运,还是那处,2026-12-01\n"
    )
    batch = sheets.look_at(sheet=ORDERS, content=text.encode(), by=cast.acceptor.viewer)
    sheets.begin(batch_id=batch.pk, version=0, by=cast.acceptor.viewer)
    assert Order.objects.get(number="H-4").joined
    row = settled(cast, hole)
    assert actions.class_open(match_id=row.pk, by=cast.acceptor.viewer) == (3, 0)
    assert other.case.class_code == OTHER


def test_so_many_at_once_and_the_rest_is_offered_again(cast, hole, monkeypatch):
    monkeypatch.setattr(classes, "AT_ONCE", 2)
    row = settled(cast, hole)
    assert actions.class_open(match_id=row.pk, by=cast.acceptor.viewer) == (2, 1)
    assert actions.class_open(match_id=row.pk, by=cast.acceptor.viewer) == (1, 0)


def test_a_hole_another_district_and_who_may_not_are_refused(cast, hole):
    with pytest.raises(Invalid):
        actions.class_open(match_id=hole.pk, by=cast.acceptor.viewer)
    with pytest.raises(Unseen):
        actions.class_open(match_id=hole.pk, by=Viewer.system("orders", 9))
    with pytest.raises(NotPermitted):
        actions.class_open(match_id=hole.pk, by=cast.dispatcher.viewer)


def test_the_deed_itself_refuses_a_class_once_the_case_was_accepted(cast, hole):
    accept(cast, "H-1")
    case = case_of("H-1")
    with pytest.raises(Conflict):
        cases.amend(
            number=case.number, report_id=case.reports.get().pk,
            origin=cases.Origin("12345", "H-1", "1"), class_code=OURS,
            by=Viewer.system("orders", case.district_id), key=fresh_key(),
        )  # fmt: skip
    assert case_of("H-1").class_code == OTHER
