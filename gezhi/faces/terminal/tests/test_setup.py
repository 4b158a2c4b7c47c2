"""gezhi setup: one's own street from a name, without a map and without the demo."""

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from gezhi.ground.accounts.models import User
from gezhi.kernel.viewer import Level, Role
from gezhi.records.places.models import Area
from gezhi.records.posts.queries import viewer_of
from gezhi.records.units.models import Unit

pytestmark = pytest.mark.django_db


def setup(*options, answers=(), monkeypatch=None):
    out = io.StringIO()
    if monkeypatch is not None:
        waiting = iter(answers)

        def answer(words):
            try:
                return next(waiting)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr("builtins.input", answer)
    call_command("setup", "--no-prepare", *options, stdout=out)
    return out.getvalue()


def found(*more):
    return setup("--district", "成都市锦江区", "--street", "锦官驿街道", "--yes", *more)


def test_the_street_and_its_communities_stand(db):
    said = found()
    street = Area.objects.get(name="锦官驿街道")
    communities = Area.objects.filter(level=Level.COMMUNITY, street_id=street.pk)
    assert communities.count() >= 5
    assert f"{communities.count()} 个社区" in said
    assert not Area.objects.get(name="春熙路街道").in_use


def test_the_centre_and_the_offices_are_open_units():
    found()
    centre = Unit.objects.get(kind="street_centre")
    offices = Unit.objects.filter(kind="community_office")
    assert centre.name == "锦官驿街道网格中心"
    assert offices.count() >= 5
    assert {office.parent for office in offices} == {centre}


def test_offices_may_be_left_for_later():
    found("--without-offices")
    assert Unit.objects.count() == 1


def test_three_people_administer_it():
    said = found()
    users = User.objects.order_by("staff_number")
    assert [user.staff_number for user in users] == ["AQ001", "SJ001", "XT001"]
    assert [viewer_of(user).roles for user in users] == [
        {Role.SECURITY_ADMINISTRATOR},
        {Role.AUDIT_ADMINISTRATOR},
        {Role.SYSTEM_ADMINISTRATOR},
    ]
    assert all(user.must_change_password for user in users)
    assert said.count("临时密码") == 3


def test_the_printed_password_opens_the_account():
    said = found()
    line = next(line for line in said.splitlines() if "XT001" in line)
    answer = Client().post("/login/", {"login": "XT001", "password": line.split()[-1]})
    assert answer.status_code == 302


def test_run_again_it_changes_nothing_and_makes_no_second_administrators():
    found()
    before = (Area.objects.count(), Unit.objects.count(), User.objects.count())
    said = found()
    assert (Area.objects.count(), Unit.objects.count(), User.objects.count()) == before
    assert "没有改动" in said


def test_a_second_street_is_taken_into_use_later():
    found()
    setup("--district", "510104", "--street", "春熙路街道", "--yes")
    assert Area.objects.get(name="春熙路街道").in_use
    assert Unit.objects.filter(kind="street_centre").count() == 2
    assert User.objects.count() == 3


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--yes"], "请写明区县"),
        (["--district", "没有的区", "--yes"], "没有找到区县"),
        (["--district", "朝阳区", "--street", "x", "--yes"], "有好几个"),
        (["--district", "成都市锦江区", "--yes"], "请写明街道"),
        (["--district", "成都市锦江区", "--street", "没有的街道", "--yes"], "没有找到街道"),
    ],
)
def test_what_is_not_clear_is_refused_and_nothing_is_made(options, words):
    with pytest.raises(CommandError, match=words):
        setup(*options)
    assert not Area.objects.exists()


def test_it_asks_until_one_is_meant(monkeypatch):
    said = setup(answers=["哪里", "成都市锦江区", "", "锦官驿", "y"], monkeypatch=monkeypatch)
    assert "没有找到区县" in said
    assert Area.objects.filter(name="锦官驿街道", in_use=True).exists()


def test_a_no_makes_nothing(monkeypatch):
    said = setup(
        "--district", "成都市锦江区", "--street", "锦官驿街道",
        answers=["n"], monkeypatch=monkeypatch,
    )  # fmt: skip
    assert "什么都没有改" in said
    assert not Area.objects.exists()


def test_with_nobody_to_answer_it_says_which_options_to_write(monkeypatch):
    with pytest.raises(CommandError, match="--yes"):
        setup(answers=[], monkeypatch=monkeypatch)


def test_a_forgotten_password_is_renewed_from_the_terminal():
    found()
    before = User.objects.get(staff_number="XT001").password
    said = setup("--new-password", "xt001")
    user = User.objects.get(staff_number="XT001")
    assert user.password != before
    assert user.check_password(said.split("临时密码 ")[1].split("（")[0])


def test_an_unknown_number_gets_no_password():
    with pytest.raises(CommandError, match="没有工号"):
        setup("--new-password", "nobody")
