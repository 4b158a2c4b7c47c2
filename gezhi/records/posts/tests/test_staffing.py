"""A list of people: previewed line by line, stored row by row."""

import pytest

from gezhi.ground.accounts.models import User
from gezhi.ground.sheets.declared import Line, preview_lines
from gezhi.kernel.errors import Conflict, NotPermitted
from gezhi.records.posts import actions, queries
from gezhi.records.posts.actions import hand_out
from gezhi.records.posts.actions.taking_on import StaffBook
from gezhi.records.posts.models import Appointment, Post
from gezhi.records.posts.staff_list import StaffRow
from gezhi.records.posts.staff_sheet import STAFF
from gezhi.records.units import actions as units


@pytest.fixture
def admin(cast):
    return cast.system_administrator.viewer


def row(number="NW301", **cells):
    fields = {
        "staff_number": number,
        "name": "钱多多",
        "phone": "13800138000",
        "unit": "桐花社区居委会",
        "role": "网格员",
        "area": "桐花社区第一网格",
        "profession": "网格员",
    }
    return {**fields, **cells}


def lines_of(rows):
    return [Line(number, cells) for number, cells in enumerate(rows, start=2)]


def check(rows, *, viewer):
    lines = lines_of(rows)
    return preview_lines(STAFF, StaffBook(viewer, lines), lines)


def store(rows, *, by):
    lines = lines_of(rows)
    book = StaffBook(by, lines)
    made = [one for line in lines for one in book.store(book.preview(line))]
    return [one.id for one in made if one.kind == "user"]


def test_people_get_accounts_and_posts_and_one_time_passwords_later(cast, admin):
    users = store([row(), row("NW302", name="孙小", area="", role="社区经办")], by=admin)
    taken = hand_out(users, by=admin)
    assert [one.staff_number for one in taken] == ["NW301", "NW302"]
    first, second = (User.objects.get(staff_number=one.staff_number) for one in taken)
    assert first.check_password(taken[0].password)
    assert first.must_change_password
    assert queries.viewer_of(first).seats[0].area_id == cast.street.grid.pk
    assert queries.viewer_of(second).seats[0].area_id == cast.street.community.pk


def test_one_person_is_taken_on_with_a_password_at_once(admin):
    (taken,) = actions.take_on(StaffRow(**row()), by=admin)
    assert User.objects.get(staff_number="NW301").check_password(taken.password)
    assert taken.unit == "桐花社区居委会"


def test_a_person_may_come_without_a_post(admin):
    store([row(unit="", role="", area="", profession="")], by=admin)
    user = User.objects.get(staff_number="NW301")
    assert queries.viewer_of(user).seats == ()


def test_a_vacant_post_is_filled_before_one_is_made(cast, admin):
    post = actions.create_post(
        unit=cast.street.office, area_id=cast.street.grid.pk, role="grid_worker",
        name="网格员", by=admin,
    )  # fmt: skip
    store([row(), row("NW302")], by=admin)
    assert Appointment.objects.get(user__staff_number="NW301").post == post
    other = Appointment.objects.get(user__staff_number="NW302").post
    assert other != post
    assert other.profession == "grid_worker"
    assert Post.objects.filter(name="网格员").count() == 2


@pytest.mark.parametrize(
    ("cells", "cell"),
    [
        ({"staff_number": "工号"}, "staff_number"),
        ({"staff_number": "wg101"}, "staff_number"),
        ({"name": ""}, "name"),
        ({"phone": "12"}, "phone"),
        ({"unit": "没有的单位"}, "unit"),
        ({"unit": ""}, "unit"),
        ({"role": "皇帝"}, "role"),
        ({"role": "居民"}, "role"),
        ({"role": "系统管理员"}, "role"),
        ({"area": "没有的网格"}, "area"),
        ({"profession": "骑士"}, "profession"),
    ],
)
def test_what_is_wrong_is_told_by_its_cell(admin, cells, cell):
    (line,) = check([row(**{"number": "NW301", **_named(cells)})], viewer=admin)
    assert set(line.problems) == {cell}
    assert not line.is_good


def _named(cells):
    return {"number" if cell == "staff_number" else cell: text for cell, text in cells.items()}


def test_a_number_given_twice_with_another_name_is_told_on_the_second_line(admin):
    first, second = check([row(), row("nw301", name="孙小")], viewer=admin)
    assert first.is_good
    assert (second.line.number, set(second.problems)) == (3, {"staff_number"})


def test_a_name_of_several_areas_asks_for_the_code(cast, admin):
    cast.street.other_grid.name = cast.street.grid.name
    cast.street.other_grid.save()
    (line,) = check([row()], viewer=admin)
    assert "代码" in line.problems["area"]
    (line,) = check([row(area=cast.street.grid.code)], viewer=admin)
    assert line.is_good


def test_a_unit_closed_meanwhile_is_refused(cast, admin):
    (line,) = lines_of([row(unit="青溪自来水公司", area="")])
    book = StaffBook(admin, [line])
    previewed = book.preview(line)
    units.mark_closed(cast.street.water, cast.street.sanitation, by=admin)
    with pytest.raises(Conflict):
        book.store(previewed)


def test_a_bad_row_is_no_person(admin):
    with pytest.raises(Conflict):
        actions.take_on(StaffRow(**row(phone="12")), by=admin)
    assert not User.objects.filter(staff_number="NW301").exists()


@pytest.mark.parametrize("role", ["security_administrator", "wang", "li"])
def test_only_the_system_administrator_takes_people_on(cast, role):
    viewer = getattr(cast, role).viewer
    with pytest.raises(NotPermitted):
        actions.take_on(StaffRow(**row()), by=viewer)
    with pytest.raises(NotPermitted):
        store([row()], by=viewer)


def test_a_hundred_lines_are_looked_at_in_few_queries(admin, django_assert_max_num_queries):
    rows = [row(f"NW{place:03}") for place in range(100)]
    with django_assert_max_num_queries(12):
        check(rows, viewer=admin)


def test_passwords_are_given_out_in_few_queries_and_to_nobody_who_logged_in(
    admin, django_assert_max_num_queries
):
    users = store([row(f"NW{place:03}") for place in range(30)], by=admin)
    User.objects.filter(pk=users[0]).update(last_login="2026-11-23T09:00:00+08:00")
    with django_assert_max_num_queries(12):
        assert len(hand_out(users, by=admin)) == 29
