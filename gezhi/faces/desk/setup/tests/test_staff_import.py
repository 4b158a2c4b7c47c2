"""People by Excel: looked at first, good rows in whole, bad rows back in red."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from gezhi.faces.desk.setup.staff_import import SHEET
from gezhi.faces.desk.setup.tests.conftest import cells, rows_in, sheet_of
from gezhi.ground.accounts.models import User
from gezhi.ground.sheets.tables import MOST_BYTES
from gezhi.kernel.errors import Invalid
from gezhi.records.posts.queries import viewer_of
from gezhi.records.units.models import Unit

UPLOAD = "/desk/setup/staff/import/"
TITLES = [
    "工号*",
    "姓名*",
    "手机",
    "单位",
    "角色",
    "岗位名称",
    "负责区域",
    "专业力量",
    "何时何处可见",
]
GOOD = [
    "NW301",
    "钱多多",
    "13800138000",
    "桐花社区居委会",
    "网格员",
    "",
    "桐花社区第一网格",
    "网格员",
    "",
]
ALSO = ["302", "孙小", 13900139000, "桐花社区居委会", "社区经办", "", "", "", ""]
BAD = ["wg101", "李四", "12", "没有的单位", "网格员", "", "", "", ""]


def workbook(*rows, titles=TITLES):
    return sheet_of(titles, *rows)


def upload(admin, content, name="人员.xlsx"):
    return admin.post(UPLOAD, {"file": SimpleUploadedFile(name, content)})


def test_looking_changes_nothing(admin, text_of):
    page = text_of(upload(admin, workbook(GOOD, ALSO, BAD)))
    assert "2 行可以导入" in page
    assert "1 行要改" in page
    assert "没有这个单位" in page
    assert not User.objects.filter(name__in=["钱多多", "孙小", "李四"]).exists()


def test_the_good_rows_go_in_with_one_time_passwords(admin, text_of, cast):
    page = text_of(upload(admin, workbook(GOOD, ALSO, BAD)))
    sent = {"rows": rows_in(page, "staff/import/take-on/")}
    done = text_of(admin.post("/desk/setup/staff/import/take-on/", sent))
    passwords = re.findall(r"<code>([a-z0-9-]{19})</code>", done)
    users = {user.name: user for user in User.objects.filter(name__in=["钱多多", "孙小", "李四"])}
    assert set(users) == {"钱多多", "孙小"}
    assert users["孙小"].staff_number == "302"
    assert users["钱多多"].check_password(passwords[0])
    assert viewer_of(users["钱多多"]).seats[0].area_id == cast.street.grid.pk


def test_the_bad_rows_come_back_red_with_reasons(admin, text_of):
    page = text_of(upload(admin, workbook(GOOD, BAD)))
    sent = {"rows": rows_in(page, "staff/import/errors/")}
    answer = admin.post("/desk/setup/staff/import/errors/", sent)
    assert answer.headers["Content-Type"].endswith("sheet")
    table = cells(answer.content)
    assert table[0][: len(TITLES)] == TITLES
    assert table[1][1] == "李四"
    assert "单位：没有这个单位" in table[1][-1]
    styles = zipfile.ZipFile(io.BytesIO(answer.content)).read("xl/styles.xml").decode()
    assert "F8D7DA" in styles


def test_the_returned_workbook_can_be_put_right_and_sent_again(admin, text_of):
    page = text_of(upload(admin, workbook(BAD)))
    sent = {"rows": rows_in(page, "staff/import/errors/")}
    back = admin.post("/desk/setup/staff/import/errors/", sent).content
    again = text_of(upload(admin, back))
    assert "1 行要改" in again


def test_sent_twice_nobody_is_taken_on_twice(admin, text_of):
    sent = {"rows": rows_in(text_of(upload(admin, workbook(GOOD))), "take-on/")}
    admin.post("/desk/setup/staff/import/take-on/", sent)
    again = admin.post("/desk/setup/staff/import/take-on/", sent)
    assert again.status_code == 303
    assert "没有重复导入" in text_of(admin.get(again.url))
    assert User.objects.filter(name="钱多多").count() == 1


def test_rows_nobody_looked_at_are_refused(admin, text_of):
    for rows in ("", "made-up", "W10.x:y"):
        page = text_of(admin.post("/desk/setup/staff/import/take-on/", {"rows": rows}), 422)
        assert "请重新上传" in page


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a workbook", "打不开这个文件"),
        (b"", "空文件"),
        (workbook(), "表里没有人"),
        (workbook(GOOD, titles=["甲", "乙"]), "缺少这些列：工号、姓名"),
        (workbook(*([GOOD] * 501)), "一次最多 500 人"),
    ],
)
def test_what_is_no_list_is_explained(admin, text_of, content, said):
    assert said in text_of(upload(admin, content), 422)


def test_a_formula_is_taken_as_its_text_and_never_given_back_as_one(admin, text_of, cast):
    nasty = ["=1+1", "@SUM(A1)", "", "", "", "", "", "", ""]
    page = text_of(upload(admin, workbook(nasty)))
    sent = {"rows": rows_in(page, "staff/import/errors/")}
    back = admin.post("/desk/setup/staff/import/errors/", sent).content
    inside = zipfile.ZipFile(io.BytesIO(back)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in inside


def test_the_template_offers_this_offices_units(admin):
    answer = admin.get("/desk/setup/staff/import/template/")
    names = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(2)
    offered = {row[0] for row in names.to_python()}
    assert {unit.name for unit in Unit.objects.all()} <= offered
    assert SHEET.read(answer.content)[0] == []


def test_numbers_of_excel_are_read_as_people_typed_them():
    rows, _numbers = SHEET.read(workbook([301, "钱", 13800138000.0, "", "", "", "", "", ""]))
    assert (rows[0].staff_number, rows[0].phone) == ("301", "13800138000")


def test_an_endless_file_is_refused_unread():
    with pytest.raises(Invalid):
        SHEET.read(b"x" * (MOST_BYTES + 1))


def csv_of(*rows, encoding="gb18030"):
    return "\n".join(",".join(row) for row in rows).encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_of_wps_or_excel_is_read_too(admin, text_of, encoding):
    page = text_of(upload(admin, csv_of(TITLES, GOOD, encoding=encoding), "人员.csv"))
    assert "1 行可以导入" in page
    assert "钱多多" in page


def test_headings_may_stand_lower_and_be_called_otherwise(admin, text_of):
    titles = ["工 号", "姓　名", "联系电话", "所在单位", "角色", "岗位", "网格", "专业力量", "备注"]
    page = text_of(upload(admin, sheet_of(["桐花街道人员表"], [], titles, GOOD, BAD)))
    assert "1 行可以导入" in page
    # The number of a row is the one the sheet shows beside it.
    assert '<th scope="row">5</th>' in page


def test_a_second_row_is_a_second_post_of_the_same_person(admin, text_of):
    more = ["nw301", "钱多多", "", "桐花街道环卫所", "承办经办人", "清运", "", "", ""]
    page = text_of(upload(admin, workbook(GOOD, more)))
    assert "2 行可以导入" in page
    assert "再加一个岗位" in page
    text_of(admin.post("/desk/setup/staff/import/take-on/", {"rows": rows_in(page, "take-on/")}))
    user = User.objects.get(name="钱多多")
    assert {seat.role for seat in viewer_of(user).seats} == {"grid_worker", "handler"}


def test_somebody_here_gets_another_post_and_the_same_list_again_changes_nothing(
    admin, text_of, cast
):
    more = ["WG101", cast.zhang.name, "", "桐花街道环卫所", "承办经办人", "清运", "", "", ""]
    page = text_of(upload(admin, workbook(more)))
    sent = {"rows": rows_in(page, "take-on/")}
    done = text_of(admin.post("/desk/setup/staff/import/take-on/", sent))
    assert "不变，仍用原来的密码" in done
    assert len(cast.zhang.viewer_now.seats) == 2
    again = text_of(upload(admin, workbook(more)))
    assert "没有新的" in again
    admin.post("/desk/setup/staff/import/take-on/", sent)
    assert len(cast.zhang.viewer_now.seats) == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["WG101", "别人"], "已经有人使用，姓名不同"),
        (["WG101", "张小川"], "就在这一行填单位和角色"),
        (["GL102", "安然", "", "桐花街道环卫所", "承办经办人"], "三员分设"),
        (["GL101", "高远", "", "桐花街道环卫所", "承办经办人"], "三员分设"),
        (["NW777", "=cmd|calc"], "名字里有不该有的符号"),
        (["NW777", "@SUM"], "名字里有不该有的符号"),
        (["NW777", "13800138000"], "不能只有数字或符号"),
        (["NW777", "长" * 41], "最多 40 个字，现在 41 个"),
        (["NW777", "钱", "=1+1"], "电话号码不对"),
        (["=1", "钱"], "工号为 2 至 30 位"),
    ],
)
def test_what_a_known_number_cannot_be_is_said_with_where_to_do_it(admin, text_of, row, said):
    page = text_of(upload(admin, workbook([*row, *([""] * (9 - len(row)))])))
    assert said in page
    assert "1 行要改" in page


def test_the_same_post_twice_and_two_names_of_one_number_are_told(admin, text_of):
    other = ["NW301", "钱少少", *GOOD[2:]]
    page = text_of(upload(admin, workbook(GOOD, GOOD, other)))
    assert "1 行可以导入" in page
    assert "同一个岗位写了两次" in page
    assert "第 2 行也是这个工号，姓名不同" in page


def test_the_form_of_one_person_says_where_another_post_is_added(admin, text_of, cast):
    sent = {
        "staff_number": "WG101", "name": cast.zhang.name, "phone": "",
        "unit": cast.street.sanitation.pk, "role": "handler",
    }  # fmt: skip
    assert "安排岗位" in text_of(admin.post("/desk/setup/staff/new/", sent), 422)
