"""What anybody tries who has seen a demo is no password; what nobody tries stays one."""

import pytest

from gezhi.ground.accounts import actions, rules
from gezhi.ground.accounts.published import DEMO_PASSWORD, is_published
from gezhi.kernel.errors import Invalid


@pytest.mark.parametrize(
    "password",
    [
        DEMO_PASSWORD,
        "Gezhi-Demo",
        "gezhidemo1",
        "gezhi_demo_2026",
        "G3zhi-D3m0!",
        "ｇｅｚｈｉ－ｄｅｍｏ",
        "demo gezhi!!",
        "gezhi-admin-2026",
        "Admin@20261129",
        "格治演示密码2026",
        "锦官驿街道123",
        "wangge-jiedao-88",
    ],
)
def test_variations_of_what_is_published_are_refused(password):
    assert is_published(password)


@pytest.mark.parametrize(
    "password",
    ["槐树 秤砣 夜班 半斤", "correct horse battery", "tall-demo-giraffe-knits", "x7Kq-pl2v-Rt9s"],
)
def test_words_that_have_nothing_to_do_with_it_are_fine(password):
    assert not is_published(password)


def test_our_own_one_time_passwords_are_never_refused():
    assert not any(is_published(rules.one_time_password()) for _ in range(500))


@pytest.mark.parametrize("password", ["gezhi-demo1", "WG101-WG101", "wangxiaoming1"])
def test_nobody_gets_one_as_their_own(cast, password):
    user = cast.zhang.user
    user.pinyin, user.staff_number = "wangxiaoming", "WG101"
    with pytest.raises(Invalid) as refusal:
        actions.set_password(user=user, password=password, by=cast.zhang.viewer)
    assert refusal.value.code == "weak_password"
