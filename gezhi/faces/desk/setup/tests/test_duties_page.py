"""The duty list in the browser."""

import pytest

from gezhi.faces.desk.setup import choices
from gezhi.ground.codes.queries import terms
from gezhi.kernel import clock
from gezhi.records.duties.models import Duty

NEW = "/desk/setup/duties/new/"


@pytest.fixture
def words(cast):
    return {
        "class_code": next(row.code for row in terms("matters") if row.parent_code),
        "name": "",
        "area": str(cast.street.street.pk),
        "list_kind": "basic",
        "lead_unit": str(cast.street.sanitation.pk),
        "assist_units": [str(cast.street.water.pk)],
        "legal_basis": "市容环境卫生管理条例第十二条",
        "valid_from": "2026-11-23",
    }


def test_a_row_is_added_and_listed(admin, words, cast, text_of):
    assert admin.post(NEW, words).status_code == 303
    duty = Duty.objects.get()
    assert duty.name
    assert list(duty.assist_units.all()) == [cast.street.water]
    assert "第十二条" in text_of(admin.get("/desk/setup/duties/"))


def test_the_form_begins_with_today_as_a_date_field_reads_it(admin, text_of):
    today = clock.today().isoformat()
    assert f'name="valid_from" value="{today}"' in text_of(admin.get(NEW))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"assist_units": "lead"}, "主办单位不能同时是配合单位"),
        ({"valid_from": "not a day"}, "“从哪天起”要写成日期"),
        ({"lead_unit": ""}, "“主办单位”还没选，请选一项。"),
    ],
)
def test_a_refusal_is_explained(admin, words, text_of, change, said):
    if change.get("assist_units") == "lead":
        change = {"assist_units": [words["lead_unit"]]}
    page = text_of(admin.post(NEW, words | change), 422)
    assert said in page
    assert not Duty.objects.exists()


def test_the_same_row_twice_is_refused(admin, words, text_of):
    admin.post(NEW, words)
    assert "请先结束它" in text_of(admin.post(NEW, words), 422)


def test_a_row_is_ended_after_asking(admin, words, text_of):
    admin.post(NEW, words)
    duty = Duty.objects.get()
    url = f"/desk/setup/duties/{duty.pk}/end/"
    assert "结束这条权责" in text_of(admin.get(url))
    admin.post(url)
    assert "还没有权责" in text_of(admin.get("/desk/setup/duties/"))


def test_staff_read_the_list_without_deeds(admin, client_of, words, cast, text_of):
    admin.post(NEW, words)
    page = text_of(client_of(cast.handler).get("/desk/setup/duties/"))
    assert "第十二条" in page
    assert "/end/" not in page
    assert NEW not in page


def test_whole_families_and_broad_classes_can_be_chosen(db, cast):
    groups = dict(choices.classes())
    assert all("（整类）" in words for _, words in groups["整个门类"])
    assert all("（整类）" in group[0][1] for group in groups.values())


def test_every_class_can_be_chosen_by_its_name_without_a_code(db, cast):
    offered = [pair for group in dict(choices.classes()).values() for pair in group]
    assert {code for code, _ in offered} == {row.code for row in terms("matters")}
    assert not [words for _, words in offered if "-" in words]


def test_limits_are_shown_by_urgency(admin, text_of):
    page = text_of(admin.get("/desk/setup/limits/"))
    assert "2 个工作时" in page
    assert "5 个工作日" in page
