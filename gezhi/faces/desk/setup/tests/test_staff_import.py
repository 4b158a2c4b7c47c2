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
    assert "没有新的" in text_of(upload(admin, workbook(GOOD)))


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
    assert "没有新的" in again
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


WITHOUT_ROLE = ["工号", "姓名", "单位"]
OWN_LIST = sheet_of(
    WITHOUT_ROLE,
    ["NW501", "李 梅", "桐花社区居委会"],
    ["NW502", "周三", "桐花街道环卫所"],
    ["NW503", "吴四", ""],
)


def chosen_for_all(admin, page, **words):
    sent = {f"all_{name}": word for name, word in words.items()}
    answer = admin.post(forms_of_batch(page)["match"], sent)
    return admin.get(answer.url) if answer.status_code == 303 else answer


def test_an_offices_own_list_without_roles_is_told_so_once_and_no_row_is_refused(
    admin, text_of, cast
):
    page = text_of(upload(admin, OWN_LIST))
    assert page.count("表里没有“角色”这一列") == 1
    assert "没写角色的 2 行，角色都是" in page
    assert "下拉框" not in page and "行要改" not in page
    assert "3 行可以导入" in page and "只建账号" in page
    text_of(begin_batch(admin, page))
    user = User.objects.get(staff_number="NW501")
    assert (user.name, viewer_of(user).seats) == ("李梅", ())


def test_one_role_is_chosen_for_all_rows_with_a_unit_that_say_none(admin, text_of, cast):
    page = text_of(chosen_for_all(admin, text_of(upload(admin, OWN_LIST)), role="网格员"))
    assert '<option value="网格员" selected>' in page
    text_of(begin_batch(admin, page))
    people = {user.staff_number: user for user in User.objects.filter(staff_number__gte="NW501")}
    seats = {number: viewer_of(user).seats for number, user in people.items()}
    assert [seat.role for seat in seats["NW501"]] == ["grid_worker"]
    assert [seat.unit_id for seat in seats["NW502"]] == [cast.street.sanitation.pk]
    assert seats["NW503"] == ()


def test_rows_with_a_role_keep_theirs(admin, text_of):
    rows = [["NW501", "李梅", "桐花社区居委会", "受理员"], ["NW502", "周三", "桐花社区居委会", ""]]
    page = text_of(upload(admin, sheet_of([*WITHOUT_ROLE, "角色"], *rows)))
    assert "没写角色的 1 行，角色都是" in page and "这一列" not in page.split("哪一列")[0]
    assert "没有填，请在表里写上其中一个：网格员、社区经办" in page
    begin_batch(admin, text_of(chosen_for_all(admin, page, role="网格员")))
    roles = {
        number: [seat.role for seat in viewer_of(User.objects.get(staff_number=number)).seats]
        for number in ("NW501", "NW502")
    }
    assert roles == {"NW501": ["acceptor"], "NW502": ["grid_worker"]}


def test_a_role_nobody_offers_is_no_choice_for_all(admin, text_of):
    page = text_of(upload(admin, OWN_LIST))
    for word in ("系统管理员", "居民", "没有的"):
        assert "请从列出的里面选一个" in text_of(chosen_for_all(admin, page, role=word), 422)
    assert "请从列出的里面选一个" in text_of(chosen_for_all(admin, page, name="周三"), 422)


def test_what_was_chosen_since_is_looked_at_before_it_goes_in(admin, text_of):
    page = text_of(upload(admin, OWN_LIST))
    chosen_for_all(admin, page, role="网格员")
    assert "请再核对一遍" in text_of(begin_batch(admin, page))
    assert not User.objects.filter(staff_number="NW501").exists()


def test_one_unit_is_chosen_for_all_when_the_list_has_none(admin, text_of, cast):
    page = text_of(upload(admin, sheet_of(["工号", "姓名", "角色"], ["NW501", "李梅", "受理员"])))
    assert "表里没有“单位”这一列" in page and "行要改" not in page
    page = text_of(chosen_for_all(admin, page, unit=cast.street.sanitation.name))
    begin_batch(admin, page)
    (seat,) = viewer_of(User.objects.get(staff_number="NW501")).seats
    assert (seat.role, seat.unit_id) == ("acceptor", cast.street.sanitation.pk)


def test_who_is_here_already_is_left_alone_by_a_list_without_roles_and_seated_by_one_chosen(
    admin, text_of, cast
):
    sheet = sheet_of(WITHOUT_ROLE, ["WG101", cast.zhang.name, "桐花街道环卫所"])
    page = text_of(upload(admin, sheet))
    assert "另有 1 行原来就有" in page and "行要改" not in page
    page = text_of(chosen_for_all(admin, page, role="承办经办人"))
    assert "再加一个岗位" in page
    begin_batch(admin, page)
    assert {seat.role for seat in cast.zhang.viewer_now.seats} == {"grid_worker", "handler"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({4: "临时工"}, "没有“临时工”这个角色，请在表里改成其中一个：网格员、社区经办、受理员"),
        ({4: "居民"}, "没有“居民”这个角色"),
        ({3: ""}, "单位：没有填，要安排岗位"),
        ({7: "飞行员"}, "没有“飞行员”这个专业力量，请在表里改成其中一个，或空着："),
    ],
)
def test_what_a_row_may_say_is_listed_where_it_says_something_else(admin, text_of, changed, said):
    page = text_of(upload(admin, workbook([changed.get(at, cell) for at, cell in enumerate(GOOD)])))
    assert said in page
    assert "下拉框" not in page


def test_a_name_spaced_in_the_sheet_is_the_same_person(admin, text_of, cast):
    first, *rest = cast.zhang.name
    spaced = f"{first} {''.join(rest)}"
    row = ["WG101", spaced, "", "桐花街道环卫所", "承办经办人", "清运", "", "", ""]
    assert "再加一个岗位" in text_of(upload(admin, workbook(row)))
    assert cast.zhang.name in text_of(admin.get("/desk/setup/staff/", {"q": spaced}))
