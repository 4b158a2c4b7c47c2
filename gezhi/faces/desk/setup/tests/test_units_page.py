"""Units in the browser: opened, changed, closed; every refusal explained where it belongs."""

import pytest

from gezhi.records.units.models import Unit
from gezhi.work.cases.tests.playing import Play

NEW = "/desk/setup/units/new/"


@pytest.fixture
def words(cast):
    return {
        "name": "桐花街道绿化所",
        "kind": "department",
        "area": str(cast.street.street.pk),
        "parent": "",
        "hours": "8:30-12:00，14:00-17:30",
        "short_name": "绿化所",
        "public_phone": "028-85551234",
        "address": "桐花路 1 号",
    }


def test_a_unit_is_opened_with_its_hours(admin, cast, words):
    assert admin.post(NEW, words).status_code == 303
    unit = Unit.objects.get(name="桐花街道绿化所")
    assert unit.hours == [["08:30", "12:00"], ["14:00", "17:30"]]
    assert unit.parent == cast.street.centre
    page = admin.get("/desk/setup/units/").content.decode()
    assert "已建立桐花街道绿化所" in page
    assert "8:30–12:00，14:00–17:30" in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"hours": "全天"}, "工作时间请写成"),
        ({"hours": "12:00-9:00"}, "从早到晚"),
        ({"name": ""}, "还没填，请填上。"),
        ({"name": "桐花街道环卫所"}, "已经有一个同名的单位"),
        ({"kind": "community_office"}, "社区居委会属于社区"),
        ({"area": "1"}, "里没有这一项了，请重新选"),
        ({"name": "=cmd|calc"}, "名字里有不该有的符号"),
        ({"name": "12345"}, "不能只有数字或符号"),
        ({"short_name": "@SUM"}, "名字里有不该有的符号"),
        ({"public_phone": "找老王"}, "对外电话只填号码"),
        ({"public_phone": "=1+1"}, "对外电话只填号码"),
    ],
)
def test_a_refusal_is_explained_and_the_typed_text_stays(admin, words, text_of, change, said):
    page = text_of(admin.post(NEW, words | change), 422)
    assert said in page
    assert 'value="桐花路 1 号"' in page
    assert not Unit.objects.filter(name="桐花街道绿化所").exists()


def test_the_form_shows_what_stands_and_saves_what_changes(admin, cast, text_of):
    url = f"/desk/setup/units/{cast.street.water.pk}/"
    assert 'value="9:00–12:00，13:00–17:00"' in text_of(admin.get(url))
    sent = {"name": "青溪供水公司", "hours": "0:00-24:00", "parent": ""}
    assert admin.post(url, sent).status_code == 303
    unit = Unit.objects.get(pk=cast.street.water.pk)
    assert (unit.name, unit.hours) == ("青溪供水公司", [["00:00", "24:00"]])


def test_closing_shows_what_moves_and_moves_it(admin, cast, text_of):
    play = Play(cast).report().accept().dispatch()
    url = f"/desk/setup/units/{cast.street.sanitation.pk}/close/"
    assert "1 件在办的事、0 条权责、0 条派单规则、0 条派单先例、1 个人" in text_of(admin.get(url))
    sent = {"successor": str(cast.street.water.pk), "with_people": "on"}
    assert admin.post(url, sent).status_code == 303
    assert play.case.holder == cast.street.water
    page = text_of(admin.get("/desk/setup/units/"))
    assert "移交 1 件在办的事、0 条权责、0 条派单规则、0 条派单先例、1 个人" in page
    assert "桐花街道环卫所 → 青溪自来水公司" in page


def test_closing_without_a_successor_is_refused(admin, cast, text_of):
    url = f"/desk/setup/units/{cast.street.sanitation.pk}/close/"
    assert "还没选，请选一项。" in text_of(admin.post(url, {"successor": ""}), 422)
    assert Unit.objects.get(pk=cast.street.sanitation.pk).is_open


def test_the_last_centre_is_offered_no_successor(admin, cast, text_of):
    closing = f"/desk/setup/units/{cast.street.centre.pk}/close/"
    admin.post(closing, {"successor": str(cast.street.other_centre.pk), "with_people": "on"})
    client_url = f"/desk/setup/units/{cast.street.other_centre.pk}/close/"
    admin.force_login(cast.system_administrator.user)
    page = text_of(admin.get(client_url))
    assert page.count("<option") == 1
