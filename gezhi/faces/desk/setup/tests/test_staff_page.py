"""People in the browser: taken on, appointed, given passwords, let go."""

import re

import pytest

from gezhi.ground.accounts.actions import NewUser, create_users
from gezhi.ground.accounts.models import User
from gezhi.kernel.fields import open_sealed
from gezhi.records.posts.models import Appointment
from gezhi.records.posts.queries import viewer_of
from tests.cast import SYSTEM

NEW = "/desk/setup/staff/new/"


@pytest.fixture
def words(cast):
    return {
        "staff_number": "nw301",
        "name": "钱多多",
        "phone": "138 0013 8000",
        "unit": str(cast.street.office.pk),
        "role": "grid_worker",
        "area": str(cast.street.grid.pk),
        "post": "",
        "profession": "grid_worker",
        "meeting_words": "每天上午在北门",
    }


def test_a_person_is_taken_on_with_a_post_and_the_password_is_shown_once(
    admin, words, cast, text_of
):
    page = text_of(admin.post(NEW, words))
    password = re.findall(r"<code>([a-z0-9-]{19})</code>", page)[0]
    user = User.objects.get(staff_number="NW301")
    assert user.check_password(password)
    assert viewer_of(user).seats[0].area_id == cast.street.grid.pk
    assert "no-store" in admin.post(NEW, words).headers["Cache-Control"]
    assert password not in text_of(admin.get(f"/desk/setup/staff/{user.pk}/"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"staff_number": "WG101"}, "已经有人使用"),
        ({"staff_number": "工号"}, "工号为 2 至 30 位"),
        ({"phone": "12"}, "电话号码不对"),
        ({"unit": "", "role": "grid_worker"}, "要安排岗位就要有单位"),
        ({"role": ""}, "要安排岗位就要有角色"),
        ({"role": "audit_administrator"}, "里没有这一项了，请重新选"),
    ],
)
def test_a_refusal_is_explained_and_the_typed_text_stays(admin, words, text_of, change, said):
    page = text_of(admin.post(NEW, words | change), 422)
    assert said in page
    assert 'value="钱多多"' in page
    assert not User.objects.filter(name="钱多多").exists()


def test_a_person_without_a_post_is_marked_in_the_list(admin, words, text_of):
    empty = dict.fromkeys(["unit", "role", "area", "profession", "meeting_words"], "")
    admin.post(NEW, words | empty)
    page = text_of(admin.get("/desk/setup/staff/?q=钱多多"))
    assert "没有岗位" in page
    assert "还没换过临时密码" in page
    assert "张小川" not in page


def test_the_list_goes_on_page_by_page(admin, cast, text_of):
    rows = [NewUser(f"NW{place:03}", "钱多多") for place in range(60)]
    create_users(rows, by=SYSTEM, district_id=cast.street.district.pk)
    first = text_of(admin.get("/desk/setup/staff/?q=钱多多"))
    following = re.findall(r'href="(\?q=[^"]+after=[^"]+)"', first)[0].replace("&amp;", "&")
    second = text_of(admin.get(f"/desk/setup/staff/{following}"))
    found = re.findall(r"NW\d{3}", first + second)
    assert sorted(found) == [f"NW{place:03}" for place in range(60)]
    assert 'class="pager"' in first
    assert 'class="pager"' not in second


def test_name_and_phone_are_corrected_and_the_old_phone_not_shown(admin, cast, text_of):
    url = f"/desk/setup/staff/{cast.zhang.user_id}/"
    assert "13900000000" not in text_of(admin.get(url))
    assert admin.post(url, {"name": "张小河", "phone": ""}).status_code == 303
    assert open_sealed(cast.zhang.user, "phone") == "13900000000"
    admin.post(url, {"name": "张小河", "phone": "13800138000"})
    assert open_sealed(cast.zhang.user, "phone") == "13800138000"
    assert cast.zhang.user.name == "张小河"


def test_a_second_post_is_given(admin, cast):
    url = f"/desk/setup/staff/{cast.handler.user_id}/seat/"
    sent = {"unit": str(cast.street.water.pk), "role": "handler", "area": "", "post": "抢修"}
    assert admin.post(url, sent).status_code == 303
    assert cast.handler.viewer_now.unit_ids == {cast.street.sanitation.pk, cast.street.water.pk}


def test_the_three_administrators_get_no_second_role(admin, cast, text_of):
    url = f"/desk/setup/staff/{cast.audit_administrator.user_id}/seat/"
    sent = {"unit": str(cast.street.water.pk), "role": "handler"}
    assert "三员分设" in text_of(admin.post(url, sent), 422)


def test_a_one_time_password_is_asked_for_and_shown(admin, cast, text_of):
    url = f"/desk/setup/staff/{cast.zhang.user_id}/password/"
    assert "给张小川一个新的临时密码" in text_of(admin.get(url))
    password = re.findall(r"<code>([a-z0-9-]{19})</code>", text_of(admin.post(url)))[0]
    assert cast.zhang.user.check_password(password)


def test_the_auditor_gets_no_password_from_the_system_administrator(admin, cast, text_of):
    url = f"/desk/setup/staff/{cast.audit_administrator.user_id}/password/"
    assert "由安全管理员来做" in text_of(admin.post(url), 403)


def test_an_account_is_closed_with_its_posts_and_opened_without(admin, cast, text_of):
    url = f"/desk/setup/staff/{cast.handler.user_id}"
    assert "停用陈刚的账号" in text_of(admin.get(f"{url}/close/"))
    assert admin.post(f"{url}/close/").status_code == 303
    assert not cast.handler.user.is_active
    page = text_of(admin.get(f"{url}/"))
    assert "桐花街道环卫所现在没有人了" in page
    assert admin.post(f"{url}/reopen/").status_code == 303
    assert cast.handler.user.is_active
    assert cast.handler.viewer_now.seats == ()


def test_ones_own_account_is_not_closed(admin, cast):
    url = f"/desk/setup/staff/{cast.system_administrator.user_id}/close/"
    admin.post(url)
    assert cast.system_administrator.user.is_active
    assert Appointment.objects.filter(
        user_id=cast.system_administrator.user_id, to_at=None
    ).exists()
