"""People by an office's own list: columns it has not, words nobody knows, names as sheets write them."""

import pytest

from gezhi.faces.desk.conftest import begin_batch, forms_of_batch
from gezhi.faces.desk.setup.tests.conftest import sheet_of
from gezhi.faces.desk.setup.tests.test_staff_import import GOOD, upload, workbook
from gezhi.ground.accounts.models import User
from gezhi.records.posts.queries import viewer_of

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
    assert "没有填：要安排岗位就要有角色，是其中一个：网格员、社区经办" in page
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
        ({3: ""}, "单位：没有填：要安排岗位"),
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
