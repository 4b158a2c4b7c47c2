"""/desk/queues/<name>/: narrowed by marks, days, grids and more; in each order no page skips a case."""

import re
from datetime import timedelta

import pytest

from gezhi.faces.desk.conftest import read_sheet, text_of
from gezhi.kernel import clock
from gezhi.work.cases.asides import written
from gezhi.work.cases.models import Case, Report
from gezhi.work.cases.queries import QUEUES, listing, orders_of
from gezhi.work.cases.rules import Mark
from gezhi.work.cases.tests.playing import Play


def _numbers(response):
    return re.findall(r'id="row-(\d+)"', text_of(response))


def _changed(play, **columns):
    Case.objects.filter(pk=play.case.pk).update(**columns)
    return play.case.number


@pytest.mark.parametrize(
    ("columns", "parameters", "words"),
    [
        ({"marks": written([Mark.WHISTLED])}, {"mark": "whistled"}, "吹哨"),
        ({"marks": written([Mark.LATE])}, {"mark": "late"}, "超过期"),
        ({"urgency": "urgent"}, {"urgency": "urgent"}, "紧急"),
        ({"kind": "tip"}, {"kind": "tip"}, "举报"),
        ({"round": 2}, {"again": "yes"}, "重新办理过的"),
    ],
)
def test_each_filter_leaves_what_fits_and_stands_above_as_a_word(
    cast, play, another, desk_of, columns, parameters, words
):
    play.until("reported")
    another.until("reported")
    number = _changed(play, **columns)
    page = desk_of(cast.acceptor).get("queues/open/", **parameters)
    assert _numbers(page) == [number]
    chip = re.search(r'class="chosen"\s+href="([^"]*)"\s*>\s*([^<]*)<', text_of(page))
    assert chip and chip[2].strip() == words
    assert chip[1] == "/desk/queues/open/"


def test_days_are_days_of_china_and_both_ends_count(cast, play, another, desk_of):
    play.until("accepted")
    another.until("accepted")
    midnight = clock.local(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    number = _changed(play, accepted_at=midnight)
    _changed(another, accepted_at=midnight - timedelta(minutes=1))
    today = midnight.date().isoformat()
    desk = desk_of(cast.acceptor)
    page = desk.get("queues/open/", accepted_from=today, accepted_to=today)
    assert _numbers(page) == [number]
    assert f"受理日从 {today}" in text_of(page)


def test_what_ended_is_found_by_the_day_of_its_end_and_by_its_marks(cast, play, desk_of):
    play.until("closed")
    number = _changed(play, marks=written([Mark.LATE]))
    desk = desk_of(cast.acceptor)
    today = clock.today()
    assert _numbers(desk.get("queues/ended/", ended_from=today.isoformat())) == [number]
    before = (today - timedelta(days=1)).isoformat()
    assert _numbers(desk.get("queues/ended/", ended_to=before)) == []
    assert _numbers(desk.get("queues/ended/", mark="late")) == [number]
    assert _numbers(desk.get("queues/ended/", mark="hung")) == []


def test_grids_are_offered_once_a_community_is_chosen_and_go_with_it(cast, play, desk_of):
    play.until("accepted")
    desk = desk_of(cast.acceptor)
    assert 'name="grid"' not in text_of(desk.get("queues/open/"))
    street = cast.street
    page = desk.get("queues/open/", community=street.community.pk, grid=street.grid.pk)
    assert _numbers(page) == [play.case.number]
    assert re.search(rf'<option value="{street.grid.pk}"\s+selected', text_of(page))
    assert 'href="/desk/queues/open/"' in text_of(page)


def test_a_day_that_is_none_is_said_at_its_field_and_narrows_nothing(cast, play, desk_of):
    play.until("accepted")
    page = desk_of(cast.acceptor).get("queues/open/", accepted_from="昨天")
    assert page.status_code == 200
    assert "要写成日期" in text_of(page)
    assert _numbers(page) == [play.case.number]


@pytest.mark.parametrize("wrong", ["mark", "urgency", "kind", "grid", "view", "holder"])
def test_what_is_no_value_breaks_nothing(cast, play, desk_of, wrong):
    play.until("accepted")
    page = desk_of(cast.acceptor).get("queues/open/", **{wrong: "9" * 30 + "'"})
    assert page.status_code in (200, 404)


def test_an_order_the_list_has_not_is_refused_in_words(cast, desk_of):
    desk = desk_of(cast.acceptor)
    for queue, order in (("open", "alphabet"), ("ended", "due"), ("callback", "community")):
        page = desk.get(f"queues/{queue}/", order=order)
        assert page.status_code == 422
        assert "没有这种排序" in text_of(page)


def test_orders_are_what_they_are_called(cast, desk_of):
    plays = [Play(cast) for _ in range(3)]
    for each, hours in zip(plays, (3, 1, 2), strict=True):
        each.until("accepted")
        _changed(each, due_at=clock.now() + timedelta(hours=hours))
    first, second, third = (each.case.number for each in plays)
    _changed(plays[0], community_id=None)
    desk = desk_of(cast.acceptor)
    assert _numbers(desk.get("queues/open/")) == [second, third, first]
    assert _numbers(desk.get("queues/open/", order="first")) == [first, second, third]
    assert _numbers(desk.get("queues/open/", order="newest")) == [third, second, first]
    assert _numbers(desk.get("queues/open/", order="community")) == [second, third, first]


@pytest.mark.parametrize("order", orders_of("open"))
def test_pages_of_every_order_have_each_case_once(cast, order):
    communities = [cast.street.community.pk, None, cast.street.other_community.pk, None]
    plays = [Play(cast) for _ in range(8)]
    for place, each in enumerate(plays):
        each.until("accepted")
        # Two of each are due at the same moment: the id decides.
        due = clock.now() + timedelta(hours=place // 2)
        _changed(each, due_at=due, community_id=communities[place % 4])
    viewer = cast.acceptor.viewer
    whole = [row.number for row in listing(viewer, "open", order=order).rows]
    paged, after = [], ""
    while True:
        page = listing(viewer, "open", order=order, after=after, size=3)
        paged += [row.number for row in page.rows]
        after = page.after
        if not after:
            break
    assert paged == whole
    assert sorted(paged) == sorted(each.case.number for each in plays)


def test_a_page_of_another_order_is_no_page_of_this(cast, desk_of):
    desk = desk_of(cast.acceptor)
    for after in ("1-2-3-4", "1", "-1-2", "1-0", f"1-{2**63}", "١-٢"):
        assert desk.get("queues/open/", after=after).status_code == 422, after


def test_every_queue_has_its_usual_order_first_and_offers_no_slow_one(cast):
    assert orders_of("ended") == ("newest",)
    assert all(orders_of(name) for name in QUEUES)


def test_a_list_is_narrowed_by_the_way_a_report_came(cast, desk_of):
    by_phone, by_web = Play(cast), Play(cast)
    by_phone.until("accepted")
    by_web.until("accepted")
    Report.objects.filter(case=by_phone.case).update(channel="phone")
    Report.objects.filter(case=by_web.case).update(channel="web")
    desk = desk_of(cast.acceptor)
    page = desk.get("queues/open/", channel="phone")
    assert _numbers(page) == [by_phone.case.number]
    assert '<option value="phone" selected>电话</option>' in text_of(page)
    (row,) = read_sheet(desk.take("queues/open/export/", channel="phone"))
    assert row["案件号"] == by_phone.case.number
    assert _numbers(desk.get("queues/open/", channel="no-such")) == []
