"""Days off and make-up days in the browser: the year seen, its notice pasted, one day changed."""

from datetime import UTC, date, datetime

import pytest

from gezhi.ground.audit.models import Entry
from gezhi.ground.codes import queries
from gezhi.ground.jobs.models import Task
from gezhi.kernel import clock

YEAR = "/desk/setup/calendar/2027/"
DAY = "/desk/setup/calendar/days/{}/"
NOTICE = """一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。2月13日（周六）、14日（周日）上班。"""


def _pack():
    pack = queries.pack_holding("calendar_year")
    assert pack is not None
    return pack.id


def _filled(**changed):
    return {
        "text": NOTICE, "announced": "on", "notice": "国办发明电〔2026〕9号",
        "published": "2026-11-20", "reason": "国务院办公厅通知", "begins": "",
        "pack": _pack(), **changed,
    }  # fmt: skip


def test_a_year_is_seen_with_its_days_and_its_notice(admin, text_of):
    page = text_of(admin.get("/desk/setup/calendar/"))
    assert "国办发明电〔2025〕7号" in page
    assert "春节" in page
    assert page.count('class="month"') == 12
    assert "/desk/setup/calendar/days/2026-02-16/" in page


def test_a_year_not_announced_says_so(admin, text_of):
    page = text_of(admin.get("/desk/setup/calendar/", {"year": "2027"}))
    assert "2027 年的通知还没有填" in page
    assert "2027 年" in text_of(admin.get("/desk/setup/"))


def test_the_notice_is_pasted_looked_at_and_in_force(admin, text_of):
    page = text_of(admin.post(YEAR, _filled()))
    assert "还没有改" in page
    assert "2027年2月10日（周三）" in page
    assert "上班（春节调休）" in page
    assert queries.calendar().is_working(date(2027, 2, 10))
    assert admin.post(YEAR, {**_filled(), "confirmed": "yes"}).status_code == 303
    calendar = queries.calendar()
    assert not calendar.is_working(date(2027, 2, 10))
    assert calendar.is_working(date(2027, 2, 13))
    assert calendar.is_settled(date(2027, 6, 1))
    assert Entry.objects.filter(verb="codes.amend").count() == 1
    assert Task.objects.filter(path__endswith="recompute_provisional").exists()
    # An untouched year stays.
    assert not calendar.is_working(date(2026, 2, 16))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "还没填"),
        ("元旦放假三天", "第 1 行"),
        ("元旦：1月1日至20日放假", "最多 15 天"),
        ("元旦：1月1日放假。1月4日上班。", "本来就上班"),
        ("元旦：2029年1月1日放假。", "不在 2027 年的安排里"),
    ],
)
def test_nonsense_is_refused_with_the_text_still_there(admin, text_of, text, said):
    page = text_of(admin.post(YEAR, {**_filled(text=text), "confirmed": "yes"}), 422)
    assert said in page
    assert text in page
    assert "国办发明电〔2026〕9号" in page


def test_the_end_of_a_year_may_not_be_off_in_one_notice_and_worked_in_the_next(admin, text_of):
    sent = _filled(text="元旦：2026年12月26日放假。")
    sent["confirmed"] = "yes"
    assert admin.post(YEAR, sent).status_code == 303
    worked = {"kind": "worked", "name": "补班", "reason": "试", "pack": _pack(), "confirmed": "yes"}
    page = text_of(admin.post(DAY.format("2026-12-26"), worked), 422)
    assert "相邻年份" in page


def test_one_day_is_changed(admin, text_of):
    sent = {"kind": "off", "name": "防汛停工", "reason": "指挥部通知", "pack": _pack()}
    url = DAY.format("2026-12-09")
    assert "放假（防汛停工）" in text_of(admin.post(url, sent))
    assert admin.post(url, {**sent, "confirmed": "yes"}).status_code == 303
    assert not queries.calendar().is_working(date(2026, 12, 9))
    back = {"kind": "plain", "reason": "取消", "pack": _pack(), "confirmed": "yes"}
    assert admin.post(url, back).status_code == 303
    assert queries.calendar().is_working(date(2026, 12, 9))


def test_two_at_once_the_second_is_told(admin, text_of):
    stale = {"kind": "off", "name": "甲", "reason": "乙", "pack": _pack(), "confirmed": "yes"}
    admin.post(YEAR, {**_filled(), "confirmed": "yes"})
    page = text_of(admin.post(DAY.format("2026-12-09"), stale), 409)
    assert "刚刚有人改过" in page


@pytest.mark.parametrize(
    "page", ["2010/", "2060/", "days/2010-01-01/", "days/2027-13-01/", "days/x/"]
)
def test_years_nobody_will_ask_about_do_not_exist(admin, page):
    assert admin.get(f"/desk/setup/calendar/{page}").status_code == 404


def test_a_bad_year_in_the_address_shows_this_one(admin, text_of):
    for year in ("abcd", "99999", "1900", "²⁰²⁶"):
        assert "2026 年" in text_of(admin.get("/desk/setup/calendar/", {"year": year}))


def test_next_year_is_missed_from_november_on_only(admin, text_of):
    with clock.moved_to(datetime(2026, 6, 1, 2, 0, tzinfo=UTC)):
        from gezhi.ground.codes.queries import unannounced

        assert unannounced() == []


def test_the_missing_year_is_marked_and_opened(admin, text_of):
    with clock.moved_to(datetime(2026, 11, 23, 2, 0, tzinfo=UTC)):
        assert "/desk/setup/calendar/?year=2027" in text_of(admin.get("/desk/setup/"))
        page = text_of(admin.get("/desk/setup/calendar/"))
    assert "2027（没填）" in page
    assert "2026（没填）" not in page
