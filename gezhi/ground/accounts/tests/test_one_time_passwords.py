"""One-time passwords: random, readable, cheap to make, stretched when they are first used."""

from django.contrib.auth.hashers import check_password

from gezhi.ground.accounts.actions import encode_one_time
from gezhi.ground.accounts.rules import one_time_password


def test_it_has_four_groups_of_signs_that_do_not_look_alike():
    password = one_time_password()
    groups = password.split("-")
    assert [len(group) for group in groups] == [4, 4, 4, 4]
    assert not set(password) & set("il1o0O")


def test_no_two_are_the_same():
    assert len({one_time_password() for _time in range(1000)}) == 1000


def test_its_stored_form_is_checked_by_django_and_replaced_at_once():
    password = one_time_password()
    renewed: list[str] = []
    assert check_password(password, encode_one_time(password), setter=renewed.append)
    assert renewed == [password]
