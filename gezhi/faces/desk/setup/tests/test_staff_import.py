"""People by Excel: looked at first, good rows in whole, bad rows back in red."""

import io
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from gezhi.faces.desk.conftest import bad_rows_of, begin_batch, forms_of_batch, send_sheet
from gezhi.faces.desk.setup.tests.conftest import cells, sheet_of
from gezhi.ground.accounts.models import User
from gezhi.kernel.fields import open_sealed
from gezhi.records.posts.models import Appointment, Post
from gezhi.records.posts.queries import viewer_of
from gezhi.records.units.models import Unit

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
    return send_sheet(admin, "staff", content, name)


def hand_out(admin, page):
    """The page of one-time passwords that a page of an outcome leads to."""
    (address,) = re.findall(r'action="(/desk/setup/staff/batches/\d+/)"', page)
    return admin.post(address)


def test_looking_changes_nothing(admin, text_of):
    page = text_of(upload(admin, workbook(GOOD, ALSO, BAD)))
    assert "2 行可以导入" in page
    assert "1 行要改" in page
    assert "没有这个单位" in page
    assert not User.objects.filter(name__in=["钱多多", "孙小", "李四"]).exists()


def test_the_good_rows_go_in_and_passwords_are_given_out_when_somebody_writes_them_down(
    admin, text_of, cast
):
    page = text_of(upload(admin, workbook(GOOD, ALSO, BAD)))
    done = text_of(begin_batch(admin, page))
    users = {user.name: user for user in User.objects.filter(name__in=["钱多多", "孙小", "李四"])}
    assert set(users) == {"钱多多", "孙小"}
    assert users["孙小"].staff_number == "302"
    assert open_sealed(users["孙小"], "phone") == "13900139000"
    assert not users["钱多多"].has_usable_password()
    assert viewer_of(users["钱多多"]).seats[0].area_id == cast.street.grid.pk
    assert "没有这个单位" in done
    given = text_of(hand_out(admin, done))
    passwords = re.findall(r"<code>([a-z0-9-]{19})</code>", given)
    users["钱多多"].refresh_from_db()
    assert len(passwords) == 2
    assert users["钱多多"].check_password(passwords[0])
    assert users["钱多多"].must_change_password


def test_passwords_given_out_again_take_the_place_of_the_first_and_none_goes_to_who_logged_in(
    admin, text_of
):
    done = text_of(begin_batch(admin, text_of(upload(admin, workbook(GOOD, ALSO)))))
    first = re.findall(r"<code>([a-z0-9-]{19})</code>", text_of(hand_out(admin, done)))
    User.objects.filter(name="孙小").update(last_login="2026-11-23T09:00:00+08:00")
    again = text_of(hand_out(admin, done))
    assert "孙小" not in again
    user = User.objects.get(name="钱多多")
    assert not user.check_password(first[0])


def test_the_bad_rows_come_back_red_with_reasons(admin, text_of):
    page = text_of(upload(admin, workbook(GOOD, BAD)))
    answer = bad_rows_of(admin, page)
    assert answer.headers["Content-Type"].endswith("sheet")
    table = cells(answer.content)
    assert table[0][: len(TITLES)] == TITLES
    assert table[1][1] == "李四"
    assert "单位：没有这个单位" in table[1][-1]
    styles = zipfile.ZipFile(io.BytesIO(answer.content)).read("xl/styles.xml").decode()
    assert "F8D7DA" in styles


def test_the_returned_workbook_can_be_put_right_and_sent_again(admin, text_of):
    back = bad_rows_of(admin, text_of(upload(admin, workbook(BAD)))).content
    again = text_of(upload(admin, back))
    assert "1 行要改" in again


def test_sent_twice_nobody_is_taken_on_twice(admin, text_of):
    page = text_of(upload(admin, workbook(GOOD)))
    begin_batch(admin, page)
    assert "导入了" in text_of(begin_batch(admin, page))
    assert User.objects.filter(name="钱多多").count() == 1
    assert "没有要导入的：都和现在一样" in text_of(upload(admin, workbook(GOOD)))


def test_a_batch_there_is_none_of_is_not_there(admin):
    for deed in ("", "begin/", "match/", "bad/", "undo/", "go-on/"):
        assert admin.get(f"/desk/sheets/batches/123/{deed}").status_code in (302, 404)
    assert admin.post("/desk/sheets/batches/123/begin/").status_code == 404
    assert admin.get("/desk/sheets/nonsense/").status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a workbook", "打不开这个文件"),
        (b"", "空文件"),
        (workbook(), "表里还没有内容"),
        (workbook(*([GOOD] * 5001)), "一次最多 5000 行"),
    ],
)
def test_what_is_no_list_is_explained(admin, text_of, content, said):
    assert said in text_of(upload(admin, content), 422)


def test_a_formula_is_taken_as_its_text_and_never_given_back_as_one(admin, text_of, cast):
    nasty = ["=1+1", "@SUM(A1)", "", "", "", "", "", "", ""]
    back = bad_rows_of(admin, text_of(upload(admin, workbook(nasty)))).content
    inside = zipfile.ZipFile(io.BytesIO(back)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in inside


def test_the_template_offers_this_offices_units(admin):
    answer = admin.get("/desk/sheets/staff/template/")
    names = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(2)
    offered = {row[0] for row in names.to_python()}
    assert {unit.name for unit in Unit.objects.all()} <= offered
    assert upload(admin, answer.content).status_code == 422


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
    assert "第 5 行" in page
    assert "这一列没有用上：备注" in page
    assert "138****8000" in page and "13800138000" not in page


def test_a_second_row_is_a_second_post_of_the_same_person(admin, text_of):
    more = ["nw301", "钱多多", "", "桐花街道环卫所", "承办经办人", "清运", "", "", ""]
    page = text_of(upload(admin, workbook(GOOD, more)))
    assert "2 行可以导入" in page
    assert "再加一个岗位" in page
    text_of(begin_batch(admin, page))
    user = User.objects.get(name="钱多多")
    assert {seat.role for seat in viewer_of(user).seats} == {"grid_worker", "handler"}


def test_somebody_here_gets_another_post_and_the_same_list_again_changes_nothing(
    admin, text_of, cast
):
    more = ["WG101", cast.zhang.name, "", "桐花街道环卫所", "承办经办人", "清运", "", "", ""]
    page = text_of(upload(admin, workbook(more)))
    done = text_of(begin_batch(admin, page))
    assert "没有还没登录过的新账号" in text_of(admin.get(hand_out(admin, done).url))
    assert len(cast.zhang.viewer_now.seats) == 2
    again = text_of(upload(admin, workbook(more)))
    assert "没有要导入的：都和现在一样" in again
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


FOREIGN = ["工号", "姓名", "怎么找他", "所在科室", "政治面貌", "备注"]


def foreign(number, name, phone, unit="桐花街道环卫所"):
    return [number, name, phone, unit, "群众", "甲"]


def test_columns_that_are_not_used_are_named_and_phones_are_known_by_their_cells(admin, text_of):
    rows = [foreign("NW401", "钱多多", "13800138000"), foreign("NW402", "孙小", "13900139000")]
    page = text_of(upload(admin, sheet_of(FOREIGN, *rows)))
    assert "这两列没有用上：政治面貌、备注" in page
    assert "“怎么找他”的内容像是手机" in page
    assert "“所在科室”的内容像是单位" in page
    assert "138****8000" in page


def test_a_column_is_said_by_hand_and_the_sheet_is_looked_at_anew(admin, text_of):
    titles = ["编码", "称谓", "怎么找他"]
    page = text_of(upload(admin, sheet_of(titles, ["NW401", "钱多多", "13800138000"])))
    assert "表里没有找到：工号、姓名" in page
    assert "begin" not in forms_of_batch(page)
    chosen = {"column_0": "staff_number", "column_1": "name", "column_2": ""}
    answer = admin.post(forms_of_batch(page)["match"], chosen)
    page = text_of(admin.get(answer.url))
    assert "这一列没有用上：怎么找他" in page
    text_of(begin_batch(admin, page))
    user = User.objects.get(staff_number="NW401")
    assert (user.name, user.phone) == ("钱多多", "")


def test_two_columns_for_one_are_refused_with_a_sentence(admin, text_of):
    page = text_of(upload(admin, workbook(GOOD)))
    chosen = {"column_0": "name", "column_1": "name"}
    assert "有两列都选了“姓名”" in text_of(admin.post(forms_of_batch(page)["match"], chosen), 422)


def undone(admin, page):
    (address,) = re.findall(r'href="(/desk/sheets/batches/\d+/undo/)"', page)
    assert "撤销导入的" in admin.get(address).content.decode()
    return admin.get(admin.post(address).url)


def test_an_import_is_undone_and_the_numbers_are_free_again(admin, text_of, cast):
    before = (User.objects.count(), Post.objects.count(), Appointment.objects.count())
    done = text_of(begin_batch(admin, text_of(upload(admin, workbook(GOOD, ALSO)))))
    hand_out(admin, done)
    page = text_of(undone(admin, done))
    assert "已撤销" in page
    assert (User.objects.count(), Post.objects.count(), Appointment.objects.count()) == before
    assert "2 行可以导入" in text_of(upload(admin, workbook(GOOD, ALSO)))


def test_who_has_logged_in_or_was_changed_since_stays_and_is_named(admin, text_of):
    third = ["NW303", "周三", "", "", "", "", "", "", ""]
    done = text_of(begin_batch(admin, text_of(upload(admin, workbook(GOOD, ALSO, third)))))
    User.objects.filter(name="钱多多").update(last_login="2099-01-01T00:00:00+08:00")
    other = User.objects.get(name="孙小")
    sent = {"name": "孙小小", "phone": ""}
    assert admin.post(f"/desk/setup/staff/{other.pk}/", sent).status_code == 303
    page = text_of(undone(admin, done))
    assert "2 行没有撤销" in page
    assert "登录过" in page and "有人改过或用过" in page
    assert set(User.objects.filter(name__in=["钱多多", "孙小小", "周三"]).values_list("name")) == {
        ("钱多多",), ("孙小小",),
    }  # fmt: skip


def test_another_post_is_taken_back_and_the_person_stays(admin, text_of, cast):
    more = ["WG101", cast.zhang.name, "", "桐花街道环卫所", "承办经办人", "清运", "", "", ""]
    done = text_of(begin_batch(admin, text_of(upload(admin, workbook(more)))))
    assert len(cast.zhang.viewer_now.seats) == 2
    undone(admin, done)
    assert len(cast.zhang.viewer_now.seats) == 1
    assert not Post.objects.filter(name="清运").exists()


def test_the_list_of_imports_leads_back_to_each(admin, text_of):
    begin_batch(admin, text_of(upload(admin, workbook(GOOD, BAD))))
    page = text_of(admin.get("/desk/sheets/staff/"))
    assert "以前导入的" in page
    (address,) = re.findall(r'href="(/desk/sheets/batches/\d+/)"', page)
    assert "撤销这一批" in text_of(admin.get(address))
