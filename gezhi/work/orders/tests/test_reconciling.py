"""Their sheet laid beside ours: each order once, what an import would say, states in words."""

from datetime import timedelta

import pytest

from gezhi.ground.sheets import actions as sheets
from gezhi.kernel import clock
from gezhi.work.cases import actions as cases
from gezhi.work.cases.tests.playing import fresh_key
from gezhi.work.orders import differences, reconciling
from gezhi.work.orders.listing import ORDERS
from gezhi.work.orders.models import Difference, Gap, Order
from gezhi.work.orders.reconciling import reconcile
from gezhi.work.orders.rules import BY_WEIGHT
from gezhi.work.orders.tests import cities

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring(cast):
    """`bring(*rows)`: a sheet of these rows comes in."""

    def brought(*rows):
        by = cast.acceptor.viewer
        batch = sheets.look_at(sheet=ORDERS, content=cities.riverside(*rows), by=by)
        sheets.begin(batch_id=batch.pk, version=batch.version, by=by)

    return brought


@pytest.fixture
def lay(cast):
    """`lay(*rows)`: their sheet of these rows is laid beside ours; what differs, as it is read."""

    def laid(*rows, by=None):
        viewer = (by or cast.acceptor).viewer
        made = reconcile(content=cities.riverside(*rows), by=cast.acceptor.viewer)
        return differences.laid(viewer, list(differences.differences(made)))

    return laid


def test_what_an_import_would_refuse_is_not_advised_to_be_imported(lay):
    good, bad = lay(
        cities.riverside_row(工单编号="B-1"),
        cities.riverside_row(工单编号="B-2", 诉求内容="长" * 4001),
    )
    assert (good.row.gap, good.row.problem) == (Gap.NOT_HERE, "")
    assert (bad.row.number, bad.row.gap) == ("B-2", Gap.NOT_HERE)
    assert bad.row.problem.startswith("内容：太长")


def test_an_older_version_is_not_advised_to_be_imported(bring, lay):
    bring(cities.riverside_row(版本=3))
    (one,) = lay(cities.riverside_row(版本=2, 办结时限=cities.SERIAL + 1))
    assert (one.row.gap, one.row.problem) == (Gap.DUE, "旧的一版")


def test_an_order_that_stands_twice_is_counted_once_by_its_newest_version(bring, lay):
    (new,) = lay(cities.riverside_row(), cities.riverside_row())
    assert (new.row.row, new.row.more_rows) == (3, [4])
    bring(cities.riverside_row())
    found = lay(cities.riverside_row(), cities.riverside_row(版本=2))
    assert [(one.row.gap, one.row.row, one.row.more_rows) for one in found] == [
        (Gap.VERSION, 4, [3])
    ]


def test_a_row_that_cannot_be_read_is_not_missed_in_their_sheet(bring, lay):
    bring(cities.riverside_row())
    (one,) = lay(cities.riverside_row(联系电话="1.38E+10"))
    assert (one.row.gap, one.row.number) == (Gap.UNREADABLE, "BJ20261123000017")
    assert (
        one.row.problem
        == "诉求人电话：电话被 Excel 变成了 …，后面的数字已经丢了：请照原系统补上，这一列设成“文本”"
    )


def test_where_states_differ_ours_is_the_state_and_the_case_is_named(bring, lay):
    bring(cities.riverside_row())
    (one,) = lay(cities.riverside_row(状态="已办结"))
    assert (one.row.theirs, one.row.ours) == ("已办结", "reported")
    assert one.case == Order.objects.get().report.case
    assert "垃圾没人清" in one.title
    (gone,) = lay(cities.riverside_row(工单编号="B-9"), cities.riverside_row(工单编号="B-8"))[2:]
    assert (gone.row.gap, gone.row.ours) == (Gap.NOT_THERE, "reported")


def test_what_changed_is_shown_both_ways_and_people_masked(bring, lay):
    bring(cities.riverside_row())
    (one,) = lay(cities.riverside_row(诉求内容="还多了三袋", 诉求人="钱女士"))
    words, name = one.values
    assert (words.title, words.theirs) == ("内容", "垃圾没人清\n还多了三袋")
    assert words.ours == "垃圾没人清\n楼下两袋建筑垃圾三天没人清"
    assert (name.theirs, name.ours) == ("钱**", "林**")
    stored = Difference.objects.get()
    assert "三袋" not in f"{stored.said}{stored.theirs}{stored.ours}"


def test_ours_is_what_came_last(bring, lay):
    bring(cities.riverside_row())
    bring(cities.riverside_row(诉求内容="还多了三袋"))
    (one,) = lay(cities.riverside_row(诉求内容="又少了两袋"))
    assert "还多了三袋" in one.values[0].ours


def test_nothing_is_told_of_a_confidential_case_to_who_may_not_read_it(cast, bring, lay):
    bring(cities.riverside_row(是否保密="是"))
    rows = [cities.riverside_row(是否保密="是", 诉求内容="还多了三袋", 状态="已办结")]
    found = lay(*rows, by=cast.he)
    assert [(one.case, one.title, one.values) for one in found] == [(None, "", ())] * len(found)
    assert not Difference.objects.exclude(said="").exists()


def test_what_their_sheet_said_is_let_go_of_after_a_month(bring, lay):
    bring(cities.riverside_row())
    lay(cities.riverside_row(诉求内容="还多了三袋"))
    assert reconciling.forget_old() == 0
    with clock.moved_to(clock.now() + timedelta(days=31)):
        assert reconciling.forget_old() == 1
    assert Difference.objects.get().said == ""


def test_a_rejected_case_they_still_work_on_says_our_state(cast, bring, lay):
    bring(cities.riverside_row())
    case = Order.objects.get().report.case
    cases.reject(number=case.number, reason_code="not_here", words="不归我们管", by=cast.acceptor.viewer,
                 key=fresh_key(), version=case.version)  # fmt: skip
    (one,) = lay(cities.riverside_row())
    assert (one.row.gap, one.row.theirs, one.row.ours) == (Gap.CLOSED_HERE, "待签收", "rejected")


def test_every_kind_has_its_weight():
    assert sorted(BY_WEIGHT) == sorted(Gap)
