"""/desk/rota/export/: the month of a unit as a sheet, with what for."""

from gezhi.faces.desk.conftest import read_sheet, send_sheet, text_of
from gezhi.ground.audit.models import Entry
from gezhi.records.posts.tests.test_rota import nights

__all__ = ["nights"]


def test_a_month_is_taken_along_with_who_is_on_duty_when(cast, desk_of, nights):
    nights()
    desk = desk_of(cast.li)
    page = text_of(desk.get("rota/"))
    assert "month=2026-11" in page
    assert "导出 11 月" in page
    assert "表里有“值班人”" in text_of(desk.get("rota/export/", month="2026-11"))
    rows = read_sheet(desk.take("rota/export/", month="2026-11"))
    assert {str(row["日期"])[:7] for row in rows} == {"2026-11"}
    assert {row["值班人"] for row in rows} >= {"张小川", "李玉芳"}
    entry = Entry.objects.get(verb="posts.export_rota")
    assert entry.detail["month"] == "2026-11"
    assert entry.purpose == "other: 周例会核对"


def test_a_month_that_is_none_is_this_one(cast, desk_of, nights):
    nights()
    rows = read_sheet(desk_of(cast.li).take("rota/export/", month="2026-13"))
    assert {str(row["日期"])[:7] for row in rows} == {"2026-11"}


def test_the_month_sent_back_unchanged_brings_nothing_in(cast, client_of, desk_of, nights):
    nights()
    content = desk_of(cast.li).take("rota/export/", month="2026-11")
    taken = b"".join(content.streaming_content) if content.streaming else content.content
    page = text_of(send_sheet(client_of(cast.li), "rota", taken))
    assert "没有要导入的：都和现在一样" in page
    assert 'href="/desk/rota/"' in page.partition("没有要导入的")[2].partition("看现在的清单")[0]
    assert "没有用上" not in page.split("<details")[0]
