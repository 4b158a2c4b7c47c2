"""Opening, changing and closing accounts."""

import pytest

from gezhi.ground.accounts import actions, queries
from gezhi.ground.accounts.models import User
from gezhi.ground.audit.models import Entry
from gezhi.kernel.errors import Invalid, NotPermitted, Unseen
from gezhi.kernel.fields import open_sealed
from gezhi.kernel.viewer import Viewer
from tests.cast import PASSWORD


@pytest.fixture
def admin(cast):
    return cast.system_administrator.viewer


def open_account(by, **changes):
    fields = {"staff_number": "nw301", "name": "曾 小敏", "password": "quiet-river-42", "by": by}
    return actions.create_user(**{**fields, **changes})


def test_an_account_is_opened_with_number_name_and_sort_key(admin, cast):
    user = open_account(admin)
    assert (user.staff_number, user.name, user.pinyin) == ("NW301", "曾小敏", "zeng xiao min")
    assert user.district_id == cast.street.district.pk
    assert user.must_change_password
    assert user.check_password("quiet-river-42")


def test_the_phone_is_sealed_and_still_found(admin, cast):
    user = open_account(admin, phone="+86 138-0013-8000")
    user.refresh_from_db()
    assert "138" not in user.phone
    assert open_sealed(user, "phone") == "13800138000"
    assert list(queries.search(admin, "13800138000")) == [user]


def test_opening_an_account_is_recorded_without_name_or_phone(admin):
    user = open_account(admin, phone="13800138000")
    entry = Entry.objects.filter(verb="accounts.create", subject_id=user.pk).get()
    assert entry.detail == {"accounts": 1}


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("staff_number", ""),
        ("staff_number", "a"),
        ("staff_number", "工号一"),
        ("staff_number", "A" * 31),
        ("staff_number", "A B"),
        ("name", "  "),
        ("name", "名" * 41),
        ("name", "\u200b\u202e"),
        ("phone", "12345"),
        ("phone", "not a phone"),
        ("password", "short"),
        ("password", "1234567890"),
    ],
)
def test_what_is_wrong_is_refused_by_its_field(admin, field, wrong):
    with pytest.raises(Invalid) as refusal:
        open_account(admin, **{field: wrong})
    assert refusal.value.field == field
    assert not User.objects.filter(name="曾 小敏").exists()


def test_a_taken_number_is_refused_in_any_writing(admin, cast):
    with pytest.raises(Invalid) as refusal:
        open_account(admin, staff_number=f" {cast.zhang.staff_number.lower()} ")
    assert refusal.value.code == "number_taken"


def test_of_many_accounts_all_or_none_are_opened(admin):
    rows = [
        actions.NewUser("NW1", "甲"),
        actions.NewUser("NW2", "乙"),
        actions.NewUser("nw1", "丙"),
    ]
    with pytest.raises(Invalid):
        actions.create_users(rows, by=admin)
    assert not User.objects.filter(staff_number="NW2").exists()
    assert len(actions.create_users(rows[:2], by=admin)) == 2
    assert Entry.objects.filter(verb="accounts.create", detail={"accounts": 2}).count() == 1


@pytest.mark.parametrize("role", ["acceptor", "wang", "security_administrator"])
def test_only_the_system_administrator_opens_accounts(cast, role):
    with pytest.raises(NotPermitted):
        open_account(getattr(cast, role).viewer)


def test_correcting_a_name_moves_its_sort_key(admin, cast):
    user = actions.update_user(user=cast.zhao.user, by=admin, name="单 德海", phone="")
    assert user.pinyin == "shan de hai"
    assert user.phone == user.phone_index == ""


def test_an_account_of_another_district_does_not_exist(admin, cast):
    User.objects.filter(pk=cast.zhao.user_id).update(district_id=777)
    with pytest.raises(Unseen):
        queries.get(admin, cast.zhao.user_id)
    with pytest.raises(Unseen):
        actions.update_user(user=cast.zhao.user, by=admin, name="别人")


def test_a_person_changes_their_own_password_and_need_not_again(cast):
    user = actions.set_password(
        user=cast.zhang.user, password="quiet-river-42", by=cast.zhang.viewer
    )
    assert not user.must_change_password
    assert Entry.objects.filter(verb="accounts.change_password").count() == 1


def test_a_password_given_by_an_administrator_must_be_changed(cast, admin):
    before = cast.zhang.user.session_epoch
    user = actions.set_password(user=cast.zhang.user, password="quiet-river-42", by=admin)
    assert user.must_change_password
    assert user.session_epoch == before + 1


def test_nobody_else_sets_a_password(cast):
    with pytest.raises(NotPermitted):
        actions.set_password(user=cast.zhang.user, password="quiet-river-42", by=cast.li.viewer)
    assert cast.zhang.user.check_password(PASSWORD)


def test_an_administrator_cannot_close_their_own_account(cast, admin):
    with pytest.raises(NotPermitted):
        actions.deactivate(user=cast.system_administrator.user, by=admin)


def test_a_closed_account_is_opened_again_with_dead_sessions(cast, admin):
    hash_before = cast.zhang.user.get_session_auth_hash()
    actions.deactivate(user=cast.zhang.user, by=admin)
    assert queries.by_staff_number(cast.zhang.staff_number) is None
    user = actions.reactivate(user=cast.zhang.user, by=admin)
    assert queries.by_staff_number(cast.zhang.staff_number) == user
    assert user.get_session_auth_hash() != hash_before


def test_staff_without_an_administrators_post_list_nobody(cast):
    assert not queries.users(cast.acceptor.viewer).exists()
    assert not queries.users(Viewer.anonymous(cast.street.district.pk)).exists()


@pytest.mark.parametrize("words", ["张小川", "小川", "zhang xiao", "WG101", "wg10", "13900000000"])
def test_a_person_is_found_by_what_people_remember(cast, admin, words):
    assert cast.zhang.user in queries.search(admin, words)


def test_names_do_not_stand_in_the_string_of_an_account(cast):
    assert cast.zhang.name not in str(cast.zhang.user)


def test_preferences_are_ones_own(cast):
    user = actions.set_preferences(
        user=cast.zhang.user, language="en", large_text=True, by=cast.zhang.viewer
    )
    assert (user.language, user.large_text) == ("en", True)
    with pytest.raises(NotPermitted):
        actions.set_preferences(
            user=cast.zhang.user, language="en", large_text=True, by=cast.li.viewer
        )
