"""Lists of the setup as sheets: what the page lists, for whom it lists it, and what for."""

import pytest

from gezhi.faces.desk.conftest import read_sheet
from gezhi.ground.audit.models import Entry
from gezhi.records.duties import actions as duties
from tests.cast import SYSTEM

EXPORT = "/desk/setup/export/{}/"


def test_units_are_taken_along_as_their_page_finds_them(admin, cast):
    rows = read_sheet(admin.get(EXPORT.format("units"), {"q": "自来水"}))
    assert [row["单位"] for row in rows] == [cast.street.water.name]
    assert rows[0]["类别"] == "公用事业单位"
    entry = Entry.objects.get(verb="units.export")
    assert entry.detail == {"filtered": ["q"], "rows": 1}


def test_areas_and_duties_are_in_words(admin, cast):
    duties.add_duty(
        class_code="event-0107", name="清扫", area_id=cast.street.street.pk, list_kind="basic",
        lead_unit=cast.street.sanitation, assist_units=[cast.street.water], by=SYSTEM,
    )  # fmt: skip
    areas = read_sheet(admin.get(EXPORT.format("areas")))
    assert next(row["网格"] for row in areas if row["网格"]) == cast.street.grid.name
    (duty,) = read_sheet(admin.get(EXPORT.format("duties")))
    assert duty["清单"] == "基本履职"
    assert duty["配合单位"] == cast.street.water.name


@pytest.mark.parametrize("what", ["posts", "staff"])
def test_where_people_stand_by_name_what_for_is_asked_and_recorded(admin, cast, text_of, what):
    url = EXPORT.format(what)
    assert "拿去做什么用" in text_of(admin.get(url))
    assert "还没填" in text_of(admin.post(url, {"purpose": ""}), 422)
    rows = read_sheet(admin.post(url, {"purpose": "核对编制"}))
    assert cast.zhang.name in str(rows)
    assert cast.zhang.user.phone not in str(rows)
    entry = Entry.objects.get(verb__endswith=".export")
    assert entry.purpose == "other: 核对编制"
    assert entry.detail["rows"] == len(rows)


def test_nobody_takes_administrators_posts_but_who_fills_them(admin, security):
    sent = {"purpose": "核对"}
    assert "系统管理员" not in str(read_sheet(admin.post(EXPORT.format("posts"), sent)))
    assert "系统管理员" in str(read_sheet(security.post(EXPORT.format("posts"), sent)))


def test_accounts_and_the_trail_for_their_keepers(security, auditor, cast):
    rows = read_sheet(security.post(EXPORT.format("accounts"), {"purpose": "检查"}))
    assert {row["工号"] for row in rows} >= {cast.zhang.staff_number}
    trail = read_sheet(auditor.post(EXPORT.format("audit") + "?verb=units.", {"purpose": "年检"}))
    assert {row["做了什么"] for row in trail} == {"建立单位"}


def test_the_pages_lead_to_their_sheets_with_their_filters(admin, text_of):
    page = text_of(admin.get("/desk/setup/posts/", {"q": "网格员", "page": "1"}))
    assert "/desk/setup/export/posts/?q=%E7%BD%91%E6%A0%BC%E5%91%98" in page
    for name in ("units", "areas", "duties", "staff"):
        assert f"/desk/setup/export/{name}/" in text_of(admin.get(f"/desk/setup/{name}/"))
