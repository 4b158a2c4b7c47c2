"""A list of people: checked line by line, taken on whole."""

import pytest

from gezhi.ground.accounts.models import User
from gezhi.ground.audit.models import Entry
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.records.posts import actions, queries, staffing
from gezhi.records.posts.models import Appointment, Post
from gezhi.records.posts.staffing import StaffRow, check, take_on
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
    return StaffRow(**{**fields, **cells})


def test_people_get_accounts_posts_and_one_time_passwords(cast, admin):
    taken = take_on([row(), row("NW302", name="孙小", area="", role="社区经办")], by=admin)
    assert [one.staff_number for one in taken] == ["NW301", "NW302"]
    first, second = (User.objects.get(staff_number=one.staff_number) for one in taken)
    assert first.check_password(taken[0].password)
    assert first.must_change_password
    assert queries.viewer_of(first).seats[0].area_id == cast.street.grid.pk
    assert queries.viewer_of(second).seats[0].area_id == cast.street.community.pk
    assert Entry.objects.get(verb="posts.take_on").detail == {"people": 2, "appointments": 2}


def test_a_person_may_come_without_a_post(admin):
    take_on([row(unit="", role="", area="", profession="")], by=admin)
    user = User.objects.get(staff_number="NW301")
    assert queries.viewer_of(user).seats == ()


def test_a_vacant_post_is_filled_before_one_is_made(cast, admin):
    post = actions.create_post(
        unit=cast.street.office, area_id=cast.street.grid.pk, role="grid_worker",
        name="网格员", by=admin,
    )  # fmt: skip
    take_on([row(), row("NW302")], by=admin)
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
    assert (second.number, set(second.problems)) == (3, {"staff_number"})


def test_a_name_of_several_areas_asks_for_the_code(cast, admin):
    cast.street.other_grid.name = cast.street.grid.name
    cast.street.other_grid.save()
    (line,) = check([row()], viewer=admin)
    assert "代码" in line.problems["area"]
    (line,) = check([row(area=cast.street.grid.code)], viewer=admin)
    assert line.is_good


def test_with_one_bad_line_nobody_is_taken_on(admin):
    with pytest.raises(Conflict):
        take_on([row(), row("NW302", phone="12")], by=admin)
    assert not User.objects.filter(staff_number="NW301").exists()


def test_a_unit_closed_meanwhile_stops_everything(cast, admin, monkeypatch):
    lines = check([row(unit="青溪自来水公司", area="")], viewer=admin)
    units.mark_closed(cast.street.water, cast.street.sanitation, by=admin)
    monkeypatch.setattr(staffing, "check", lambda rows, viewer: lines)
    with pytest.raises(Conflict):
        take_on([lines[0].row], by=admin)


def test_empty_and_endless_lists_are_refused(admin):
    with pytest.raises(Invalid):
        check([], viewer=admin)
    with pytest.raises(Invalid):
        check([row()] * 501, viewer=admin)


@pytest.mark.parametrize("role", ["security_administrator", "wang", "li"])
def test_only_the_system_administrator_takes_people_on(cast, role):
    with pytest.raises(NotPermitted):
        take_on([row()], by=getattr(cast, role).viewer)


def test_a_hundred_people_cost_few_queries(admin, django_assert_max_num_queries):
    rows = [row(f"NW{place:03}") for place in range(100)]
    with django_assert_max_num_queries(25):
        take_on(rows, by=admin)
