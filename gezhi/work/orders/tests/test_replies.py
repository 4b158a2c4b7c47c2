"""What is said back comes from the steps of the case, once, in their template, and hides nobody's
secret away."""

from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from gezhi.ground.sheets import actions as sheets
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions as cases
from gezhi.work.cases.models import Step
from gezhi.work.cases.tests.playing import Play, fresh_key
from gezhi.work.orders import actions, mappings
from gezhi.work.orders.listing import ORDERS
from gezhi.work.orders.models import Direction, Order, Reply
from gezhi.work.orders.tests import cities

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(cast):
    """`order(…)`: an order of the first city that came in, as a case to play."""

    def came(**changes):
        batch = sheets.look_at(
            sheet=ORDERS, content=cities.riverside(cities.riverside_row(**changes)),
            by=cast.acceptor.viewer,
        )  # fmt: skip
        sheets.begin(batch_id=batch.pk, version=0, by=cast.acceptor.viewer)
        row = Order.objects.latest("pk")
        play = Play(cast)
        play.receipt = cases.Receipt(
            report_id=row.report_id, number=row.report.number, code="", unit_name="",
            promised_at=row.report.promised_at, community_id=None, grid_id=None,
            case_number=row.report.case.number,
        )  # fmt: skip
        return row, play

    return came


def written(cast, **changes):
    return actions.export(by=cast.acceptor.viewer, purpose="回传热线", **changes)


def test_an_order_worked_to_its_end_is_told_step_by_step_once(cast, order):
    row, play = order()
    play.accept().dispatch(words="内部：先别告诉他").take().finish().check()
    play.do(cases.close, cast.acceptor.viewer, words="已清运，谢谢您的反映")
    told = written(cast).told
    assert [one.kind for one in told] == [
        "签收",
        "办理过程",
        "办理过程",
        "办理过程",
        "办理过程",
        "办结",
    ]
    assert "内部" not in "".join(one.words for one in told)
    last = told[-1]
    assert (last.words, last.number) == ("已清运，谢谢您的反映", row.number)
    assert last.result.startswith("已派车清运")
    assert written(cast).told == []


def test_the_same_file_is_had_again_by_its_number(cast, order):
    _row, play = order()
    play.accept()
    first = written(cast)
    again = written(cast, serial=first.mark.serial)
    assert [one.kind for one in again.told] == ["签收"]
    with pytest.raises(Unseen):
        written(cast, serial="0000-0000-0000-0")


def test_what_was_refused_goes_back_with_reason_and_proposed_unit(cast, order):
    row, play = order()
    play.do(cases.reject, cast.acceptor.viewer, reason_code="not_here", words="这条路归柳荫街道管")
    actions.collect(cast.street.district.pk)
    reply = Reply.objects.get(order=row)
    actions.complete(
        reply_id=reply.pk, said="", unit_words="柳荫街道", basis="属地管理", by=cast.acceptor.viewer
    )
    told = written(cast).told[0]
    assert (told.kind, told.proposed, told.basis) == ("退单", "柳荫街道", "属地管理")
    assert told.reason == "不在本街道；这条路归柳荫街道管"
    with pytest.raises(Conflict):
        actions.complete(
            reply_id=reply.pk, said="", unit_words="", basis="", by=cast.acceptor.viewer
        )


def test_until_when_is_told_by_the_clock_of_china(cast, order):
    _row, play = order()
    play.accept().dispatch().take()
    day = clock.today() + timedelta(days=4)
    play.do(
        cases.ask_to_hang, cast.handler.viewer, reason_code="season", review_on=day, words="下雨"
    )
    play.do(cases.hang, cast.supervisor.viewer, granted=True)
    due = clock.local(Step.objects.get(deed="hang").due_after or clock.now())
    assert due.date() == day
    told = "".join(one.words for one in written(cast).told)
    assert f"{day:%Y-%m-%d} {due:%H:%M} 前再看" in told


def test_a_request_for_more_time_says_until_when_and_comes_once(cast, order):
    row, _play = order()
    key = fresh_key()
    asked = {
        "order_id": row.pk,
        "kind": "extend",
        "said": "要等配件",
        "key": key,
        "by": cast.acceptor.viewer,
    }
    with pytest.raises(Invalid, match="延到什么时候"):
        actions.add(**asked)
    until = clock.now().replace(year=2027)
    actions.add(**asked, until=until)
    actions.add(**asked, until=until)
    assert [(one.kind, one.until) for one in written(cast).told] == [("延期", until)]


def test_neither_name_nor_phone_of_a_confidential_reporter_leaves(cast, order):
    row, play = order(是否保密="是")
    play.accept()
    system = Viewer.system("orders", cast.street.district.pk)
    said = "已和林女士 13812340017 通过电话"
    actions.add(order_id=row.pk, kind="progress", said=said, key=fresh_key(), by=system)
    with actions.export(by=system, purpose="回传热线").workbook() as held:
        text = str(CalamineWorkbook.from_filelike(held).get_sheet_by_index(0).to_python())
    assert "已和某某 某某 通过电话" in text
    assert "林女士" not in text
    assert "13812340017" not in text


def test_replies_of_a_case_the_viewer_may_not_read_wait_for_who_may(cast, order):
    _row, play = order(是否保密="是")
    play.accept()
    actions.collect(cast.street.district.pk)
    assert written(cast).told == []
    assert Reply.objects.filter(written_at=None).count() == 1


def test_their_own_template_names_and_orders_the_columns(cast, order):
    _row, play = order()
    play.accept()
    mappings.keep(
        name="市平台回单", direction=Direction.OUT, by=cast.acceptor.viewer,
        columns=[("工单号", "number"), ("处置意见", "words"), ("备用", "")],
    )  # fmt: skip
    with written(cast, mapping="市平台回单").workbook() as held:
        rows = CalamineWorkbook.from_filelike(held).get_sheet_by_index(0).to_python()
    assert rows[0] == ["工单号", "处置意见", "备用"]
    assert "受理了" in str(rows[1][1])
    assert any("用途：回传热线" in str(row[0]) for row in rows)
