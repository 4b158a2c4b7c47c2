"""People by Excel: looked at first, good rows in whole, bad rows back in red."""

import io
import re
import zipfile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from gezhi.faces.desk.setup import sheets
from gezhi.ground.accounts.models import User
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
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate([titles, *rows]):
            sheet.write_row(place, 0, row)
    return buffer.getvalue()


def upload(admin, content, name="人员.xlsx"):
    return admin.post(UPLOAD, {"file": SimpleUploadedFile(name, content)})


def rows_in(page, which):
    form = page[page.index(which) :]
    return re.findall(r'name="rows" value="([^"]+)"', form)[0]


def cells(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_looking_changes_nothing(admin, text_of):
    page = text_of(upload(admin, workbook(GOOD, ALSO, BAD)))
    assert "2 人可以导入" in page
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
    page = text_of(admin.post("/desk/setup/staff/import/take-on/", sent), 409)
    assert "什么都没有导入" in page
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
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, TITLES)
        sheet.write_row(1, 0, nasty)
    page = text_of(upload(admin, buffer.getvalue()))
    sent = {"rows": rows_in(page, "staff/import/errors/")}
    back = admin.post("/desk/setup/staff/import/errors/", sent).content
    inside = zipfile.ZipFile(io.BytesIO(back)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in inside


def test_the_template_offers_this_offices_units(admin):
    answer = admin.get("/desk/setup/staff/import/template/")
    names = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(2)
    offered = {row[0] for row in names.to_python()}
    assert {unit.name for unit in Unit.objects.all()} <= offered
    assert sheets.read(answer.content) == []


def test_numbers_of_excel_are_read_as_people_typed_them():
    rows = sheets.read(workbook([301, "钱", 13800138000.0, "", "", "", "", "", ""]))
    assert (rows[0].staff_number, rows[0].phone) == ("301", "13800138000")


def test_an_endless_file_is_refused_unread():
    with pytest.raises(Invalid):
        sheets.read(b"x" * (sheets.MOST_BYTES + 1))
