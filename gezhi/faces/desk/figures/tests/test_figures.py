"""/desk/figures/: five figures, each opening its cases; whoever may not has no such page."""

import re
from datetime import timedelta
from html import unescape

import pytest

from gezhi.faces.desk.conftest import read_sheet, text_of
from gezhi.insight.figures.nightly import freeze_periods
from gezhi.kernel import clock


def test_a_case_that_was_accepted_is_counted_and_listed(cast, desk_of, play):
    play.report()
    play.accept()
    page = desk_of(cast.supervisor).get(f"figures/?day={clock.today()}")
    assert "受理件数" in text_of(page)
    assert "按期结案率" in text_of(page)
    urls = [
        unescape(url)
        for url in re.findall(
            r'href="(/desk/figures/[a-z_]+/(?:numerator|denominator)/[^"]*)"', page.content.decode()
        )
    ]
    assert any("/accepted/" in url for url in urls)
    listed = desk_of(cast.supervisor).get(next(url for url in urls if "/accepted/" in url)[6:])
    assert play.case.number in listed.content.decode()


def test_a_week_that_has_just_begun_opens_with_the_last_one_and_says_so(cast, desk_of):
    desk = desk_of(cast.supervisor)
    assert clock.today().weekday() == 0
    page = text_of(desk.get("figures/"))
    assert "11 月 16 日至 11 月 22 日" in page and "先看上一周" in page
    assert "已过完，还没封存" in page and "11 月 24 日凌晨封存" in page
    asked = text_of(desk.get(f"figures/?day={clock.today()}"))
    assert "还没过完" in asked and "先看上一周" not in asked
    clock.advance(timedelta(days=3))
    assert "11 月 23 日至 11 月 29 日" in text_of(desk_of(cast.supervisor).get("figures/"))


def test_the_same_print_a_day_later_says_the_same_and_beside_it_the_correction(cast, desk_of, play):
    day = clock.today()
    play.until("accepted")
    clock.advance(timedelta(days=8, hours=12))
    freeze_periods()
    first = text_of(desk_of(cast.supervisor).get(f"figures/?day={day}"))
    assert "12 月 1 日已封存" in first and "更正：" not in first
    play.leave_out()
    clock.advance(timedelta(days=1))
    freeze_periods()
    desk = desk_of(cast.supervisor)
    second = text_of(desk.get(f"figures/?day={day}"))
    assert "12 月 1 日已封存" in second and "更正：12 月 2 日起是 0 件" in second
    listed = text_of(desk.get(f"figures/accepted/numerator/?span=week&day={day}"))
    assert "封存的数是 1 件；这里是现在数到的 0 件" in listed
    sheet = read_sheet(desk.get(f"figures/export/?day={day}"))
    accepted = next(row for row in sheet if row["指标"] == "受理件数")
    assert (accepted["值"], accepted["更正后"]) == ("1 件", "0 件")
    told = read_sheet(desk.get(f"figures/export/?day={day}&by=community"))
    assert any("受理件数 0 件" in (row["更正后"] or "") for row in told)


def test_whoever_oversees_nothing_has_no_such_page(cast, desk_of):
    assert desk_of(cast.handler).get("figures/").status_code == 404


def test_every_way_of_telling_apart_opens(cast, desk_of, play):
    play.until("closed")
    clock.advance(timedelta(days=1))
    for by in ("unit", "family", "community", "grid"):
        page = desk_of(cast.supervisor).get(f"figures/?by={by}&span=month")
        assert page.status_code == 200
        assert "件" in text_of(page)


@pytest.mark.parametrize("by", ["unit", "community", "grid", "family"])
@pytest.mark.parametrize("of", ["abc", "1.5", "²", "9223372036854775808", "9" * 26, "-1", "0"])
def test_a_key_no_row_can_have_is_nothing_there(cast, desk_of, by, of):
    answer = desk_of(cast.supervisor).get("figures/on_time_rate/denominator/", by=by, of=of)
    assert answer.status_code in (200, 404)
    assert by == "family" or answer.status_code == 404


def test_a_grid_is_named_after_its_community(cast, play, desk_of):
    play.until("accepted")
    day = clock.today().isoformat()
    page = text_of(desk_of(cast.supervisor).get("figures/", by="grid", span="week", day=day))
    names = [cast.street.community, cast.street.grid]
    assert " ".join(area.short_name or area.name for area in names) in page
