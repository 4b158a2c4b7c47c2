"""Duties by Excel: looked at first, good rows in whole, bad rows back in red, again and again."""

import re

import pytest

from gezhi.faces.desk.conftest import bad_rows_of, begin_batch, forms_of_batch, send_sheet
from gezhi.faces.desk.setup.tests.conftest import cells, sheet_of
from gezhi.ground.audit.models import Entry
from gezhi.kernel import clock
from gezhi.records.duties.actions import end_duty
from gezhi.records.duties.models import Duty
from gezhi.records.duties.queries import duties
from gezhi.work.cases.tests.playing import a_class

TITLES = ["类别代码*", "事项", "适用区域*", "清单", "主办单位*", "配合单位", "依据", "从哪天起"]


def good(**changed):
    cells = {
        "code": a_class(), "name": "清运建筑垃圾", "area": "桐花街道", "kind": "基本履职",
        "lead": "桐花街道环卫所", "assist": "青溪自来水公司、桐花苑物业", "basis": "条例第九条",
        "day": "",
    }  # fmt: skip
    return list({**cells, **changed}.values())


def workbook(*rows, titles=TITLES):
    return sheet_of(titles, *rows)


def upload(admin, content):
    return send_sheet(admin, "duties", content)


def take_in(admin, text_of, *rows):
    return text_of(begin_batch(admin, text_of(upload(admin, workbook(*rows)))))


def standing(cast):
    return list(duties(cast.system_administrator.viewer))


def test_looking_changes_nothing_and_the_good_rows_go_in(admin, text_of, cast):
    page = text_of(upload(admin, workbook(good(), good(lead="没有的单位", kind="别的"))))
    assert "1 行可以导入" in page
    assert "主办单位：没有这个单位" in page
    assert not Duty.objects.exists()
    assert "导入了" in text_of(begin_batch(admin, page))
    (duty,) = standing(cast)
    assert (duty.name, duty.lead_unit) == ("清运建筑垃圾", cast.street.sanitation)
    assert {unit.pk for unit in duty.assist_units.all()} == {
        cast.street.water.pk, cast.street.property_firm.pk,
    }  # fmt: skip
    assert Entry.objects.get(verb="sheets.begin").detail == {"sheet": "duties", "rows": 1}
    assert Entry.objects.get(verb="duties.add").subject_id == duty.pk


def test_sent_again_nothing_changes_and_other_words_take_the_place_of_the_old(admin, text_of, cast):
    take_in(admin, text_of, good())
    assert "没有要导入的：都和现在一样" in text_of(upload(admin, workbook(good())))
    page = text_of(upload(admin, workbook(good(lead="青溪自来水公司", assist=""))))
    assert "换下原来的" in page
    take_in(admin, text_of, good(lead="青溪自来水公司", assist=""))
    (duty,) = standing(cast)
    assert duty.lead_unit == cast.street.water
    assert Duty.objects.get(lead_unit=cast.street.sanitation).valid_to == clock.today()


def test_the_list_taken_along_can_be_changed_and_sent_back(admin, text_of, cast):
    take_in(admin, text_of, good())
    taken = b"".join(admin.get("/desk/setup/export/duties/"))
    assert "没有要导入的：都和现在一样" in text_of(upload(admin, taken))
    table = cells(taken)
    changed = [str(cell) for cell in table[1]]
    changed[table[0].index("依据")] = "条例第十条"
    page = text_of(upload(admin, workbook(changed, titles=table[0])))
    begin_batch(admin, page)
    (duty,) = standing(cast)
    assert (duty.legal_basis, duty.valid_from) == ("条例第十条", clock.today())


def test_bad_rows_come_back_red_and_can_be_put_right(admin, text_of):
    page = text_of(upload(admin, workbook(good(), good(code="没有的类别"))))
    back = bad_rows_of(admin, page)
    rows = cells(back.content)
    assert rows[1][0] == "没有的类别"
    assert "类别代码：没有这个类别" in str(rows[1][-1])
    assert "1 行要改" in text_of(upload(admin, back.content))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"area": "没有的区"}, "没有这个区域"),
        ({"area": ""}, "适用区域：要填"),
        ({"kind": "不知道"}, "清单只能是"),
        ({"assist": "桐花街道环卫所"}, "主办单位不能同时是配合单位"),
        ({"assist": "甲、乙"}, "没有这些单位：甲、乙"),
        ({"day": "明天"}, "日期写成"),
        ({"day": "1900-01-01"}, "太早或太晚"),
    ],
)
def test_what_is_wrong_is_said_by_its_cell(admin, text_of, changed, said):
    page = text_of(upload(admin, workbook(good(**changed))))
    assert said in page
    assert "1 行要改" in page


@pytest.mark.parametrize("day", ["2027-01-05", "2027/1/5", "2027年1月5日", "2027.01.05"])
def test_a_day_is_read_as_it_is_written(admin, text_of, cast, day):
    take_in(admin, text_of, good(day=day))
    (duty,) = standing(cast)
    assert duty.valid_from.isoformat() == "2027-01-05"


def test_the_same_row_twice_is_told_with_its_line(admin, text_of):
    assert "和第 2 行是同一类别" in text_of(upload(admin, workbook(good(), good())))


def test_nobody_else_has_these_pages(client_of, cast):
    other = client_of(cast.acceptor)
    for page in ("", "template/"):
        assert other.get(f"/desk/sheets/duties/{page}").status_code == 404
    assert other.post("/desk/sheets/duties/", {}).status_code == 404


def test_the_empty_sheet_is_read_as_empty_and_what_is_no_sheet_is_explained(admin, text_of):
    template = admin.get("/desk/sheets/duties/template/").content
    assert "表里还没有内容" in text_of(upload(admin, template), 422)
    assert "打不开" in text_of(upload(admin, b"no sheet"), 422)
    wrong = workbook(good(), titles=list("甲乙丙丁戊己庚辛"))
    # Foreign headings: what stands in the columns tells the area and the unit, not the name.
    assert "“丙”的内容像是适用区域" in text_of(upload(admin, wrong))


def undone(admin, page):
    (address,) = re.findall(r'href="(/desk/sheets/batches/\d+/undo/)"', page)
    return admin.get(admin.post(address).url)


def test_undone_the_new_row_goes_and_the_old_one_counts_as_before(admin, text_of, cast):
    take_in(admin, text_of, good())
    done = take_in(admin, text_of, good(lead="青溪自来水公司", assist=""))
    assert "已撤销" in text_of(undone(admin, done))
    (duty,) = standing(cast)
    assert (duty.lead_unit, duty.valid_to) == (cast.street.sanitation, None)
    assert Duty.objects.count() == 1


def test_a_row_that_was_ended_since_stays_and_says_so(admin, text_of, cast):
    done = take_in(admin, text_of, good())
    (duty,) = standing(cast)
    end_duty(duty=duty, by=cast.system_administrator.viewer)
    page = text_of(undone(admin, done))
    assert "1 行没有撤销" in page
    assert Duty.objects.filter(pk=duty.pk).exists()


def test_a_list_of_one_unit_and_one_street_gets_both_once_for_all_rows(admin, text_of, cast):
    rows = [[a_class(), "清运建筑垃圾"]]
    page = text_of(upload(admin, sheet_of(["类别代码", "事项"], *rows)))
    assert "表里没有“适用区域”这一列" in page and "表里没有“主办单位”这一列" in page
    assert "没有写的都当作“基本履职”" in page
    chosen = {
        "all_area": "桐花街道", "all_lead_unit": "桐花街道环卫所", "all_list_kind": "配合履职",
    }  # fmt: skip
    answer = admin.post(forms_of_batch(page)["match"], chosen)
    page = text_of(admin.get(answer.url))
    assert "表里没有找到" not in page and "1 行可以导入" in page
    begin_batch(admin, page)
    (duty,) = standing(cast)
    assert (duty.lead_unit, duty.area_id, duty.list_kind) == (
        cast.street.sanitation, cast.street.street.pk, "joint",
    )  # fmt: skip
