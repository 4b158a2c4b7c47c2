"""Orders come by sheet: any city's, once, again, changed, joined, confidential."""

from datetime import UTC, datetime

import pytest

from gezhi.ground.sheets import actions as sheets
from gezhi.ground.sheets import queries as batches
from gezhi.ground.sheets.models import RowState
from gezhi.kernel.fields import open_sealed
from gezhi.work.cases import actions as cases
from gezhi.work.cases.models import Case, Report, ReportWords, Step
from gezhi.work.cases.tests.playing import Play, fresh_key
from gezhi.work.orders.listing import ORDERS
from gezhi.work.orders.models import Arrival, ClassMatch, Order
from gezhi.work.orders.tests import cities

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring(cast):
    """`bring(content)`: look at a sheet and begin it; its batch, and how its rows ended."""

    def brought(content, by=None):
        viewer = (by or cast.acceptor).viewer
        batch = sheets.look_at(sheet=ORDERS, content=content, by=viewer)
        seen = batches.look(batch, viewer)
        assert not seen.missing, seen.missing
        if any(line.is_good and not line.is_done for line in seen.lines):
            sheets.begin(batch_id=batch.pk, version=batch.version, by=viewer)
        batch.refresh_from_db()
        return batch, seen

    return brought


def test_a_sheet_with_a_title_and_serial_dates_becomes_cases_with_their_due_time(bring, cast):
    bring(cities.riverside(cities.riverside_row()))
    order = Order.objects.get()
    case = order.report.case
    due = datetime(2026, 12, 3, 9, 30, tzinfo=UTC)
    assert (order.number, order.due_at, case.origin_due_at) == ("BJ20261123000017", due, due)
    assert order.report.promised_at == due
    assert (case.kind, case.street_id) == ("complaint", cast.street.street.pk)
    assert "垃圾没人清" in case.reports.get().words.text


def test_two_rows_of_headings_merged_and_full_width_digits_are_read(bring):
    bring(cities.hilltop([cities.hilltop_row()]))
    order = Order.objects.get()
    assert order.number == "00812345"
    assert order.due_at == datetime(2026, 12, 1, 15, 59, 59, tzinfo=UTC)
    assert order.sign_by == datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
    assert open_sealed(order.report.reporter, "phone") == "13812340018"


def test_a_csv_with_apostrophes_and_leading_zeros_is_read(bring):
    bring(
        cities.seaside(["'000123", "门口积水", "'13812340019", "钱女士", "是", "2026/12/1 18:00"])
    )
    order = Order.objects.get()
    assert (order.number, order.confidential) == ("000123", True)
    assert order.report.case.is_restricted


def test_digits_a_spreadsheet_lost_are_said_and_not_guessed(bring):
    _batch, seen = bring(
        cities.seaside(["A-1", "门口积水", "1.38E+10", "钱女士", "否", "2026/12/1 18:00"])
    )
    assert "1.38E+10" in seen.lines[0].problems["phone"]
    assert not Order.objects.exists()


def test_sent_again_everything_is_the_same(bring):
    sheet = cities.riverside(cities.riverside_row())
    bring(sheet)
    steps = Step.objects.count()
    _batch, seen = bring(sheet)
    assert [line.is_done for line in seen.lines] == [True]
    assert (Case.objects.count(), Step.objects.count(), Arrival.objects.count()) == (1, steps, 1)


def test_a_new_version_changes_only_what_changed_and_says_what(bring):
    bring(cities.riverside(cities.riverside_row()))
    later = cities.riverside_row(版本=2, 办结时限=cities.SERIAL + 1, 联系电话="13812340099")
    _batch, seen = bring(cities.riverside(later))
    assert seen.lines[0].note == "改了版本、诉求人电话、办结时限"
    order = Order.objects.get()
    assert (order.version, order.due_at) == ("2", datetime(2026, 12, 4, 9, 30, tzinfo=UTC))
    assert order.report.case.origin_due_at == order.due_at == order.report.promised_at
    assert open_sealed(order.report.reporter, "phone") == "13812340099"
    assert order.report.words.text == ReportWords.objects.get().text
    assert list(Step.objects.values_list("deed", flat=True)) == ["report", "amend"]
    assert Arrival.objects.get(number=2).changed == ["version", "phone", "due_at"]


def test_new_words_come_as_the_reporters_and_the_old_ones_stay(bring):
    bring(cities.riverside(cities.riverside_row()))
    bring(cities.riverside(cities.riverside_row(诉求内容="还多了三袋")))
    words = Step.objects.get(deed="add_word").words
    assert "还多了三袋" in words.text
    assert "两袋建筑垃圾" in ReportWords.objects.get().text


def test_an_older_version_changes_nothing(bring):
    bring(cities.riverside(cities.riverside_row(版本=3)))
    _batch, seen = bring(cities.riverside(cities.riverside_row(版本=2, 诉求内容="旧的话")))
    assert (seen.lines[0].is_done, seen.lines[0].note) == (True, "旧的一版")
    assert Arrival.objects.count() == 1


def test_a_reporter_who_asks_for_it_later_is_kept_confidential_from_then_on(bring):
    bring(cities.riverside(cities.riverside_row()))
    bring(cities.riverside(cities.riverside_row(版本=2, 是否保密="是")))
    order = Order.objects.get()
    assert order.report.case.is_restricted
    assert order.report.confidential
    bring(cities.riverside(cities.riverside_row(版本=3, 是否保密="否")))
    assert Order.objects.get().confidential


def test_a_child_of_an_order_here_is_joined_to_its_open_case_with_its_own_receipt(bring):
    bring(cities.seaside(["A-1", "门口积水", "", "", "", "2026/12/1"]))
    text = "工单编号,父单号,内容,办结时限\nA-2,A-1,还是那处积水,2026-11-30 12:00\n"
    bring(text.encode())
    first, second = Order.objects.order_by("pk")
    assert first.report.case == second.report.case
    assert first.report.number != second.report.number
    assert second.joined
    assert second.report.case.origin_due_at == datetime(2026, 11, 30, 4, 0, tzinfo=UTC)


def test_an_order_a_program_brought_before_is_the_same_case(cast, bring):
    Play(cast).report(origin=cases.Origin("12345", "BJ20261123000017"), channel="hotline")
    bring(cities.riverside(cities.riverside_row()))
    order = Order.objects.get()
    assert (Case.objects.count(), Report.objects.count(), order.joined) == (1, 1, False)
    assert order.report.case.origin_due_at == order.due_at
    assert order.report.case.origin_version == "1"


def test_a_wrong_row_keeps_no_other_and_the_same_number_twice_is_said(bring):
    batch, _seen = bring(
        cities.riverside(
            cities.riverside_row(),
            cities.riverside_row(),
            cities.riverside_row(工单编号="B-2", 办结时限="下周三"),
        )
    )
    assert Order.objects.count() == 1
    states = list(batch.rows.order_by("number").values_list("state", flat=True))
    assert states == [RowState.STORED, RowState.REFUSED, RowState.REFUSED]


def test_a_class_nobody_settled_is_a_hole_and_one_called_as_ours_is_none(bring):
    bring(
        cities.riverside(
            cities.riverside_row(), cities.riverside_row(工单编号="B-2", 分类="上水井盖")
        )
    )
    found = dict(ClassMatch.objects.values_list("words", "class_code"))
    assert found == {"环境卫生>垃圾清运": "", "上水井盖": "component-0101"}
    assert Order.objects.get(number="B-2").report.case.class_code == "component-0101"
    assert Report.objects.count() == 2


def test_an_order_whose_case_had_ended_says_so_and_one_that_ended_since_does_not(cast, bring):
    play = Play(cast).report(origin=cases.Origin("12345", "BJ20261123000017"), channel="hotline")
    cases.reject(number=play.case.number, reason_code="not_here", words="不归我们管", by=cast.acceptor.viewer,
                 key=fresh_key(), version=play.case.version)  # fmt: skip
    bring(cities.riverside(cities.riverside_row(), cities.riverside_row(工单编号="B-2")))
    came = Order.objects.get(number="BJ20261123000017")
    assert came.came_ended and came.arrivals.get().late
    other = Order.objects.get(number="B-2")
    assert not other.came_ended and not other.arrivals.get().late
